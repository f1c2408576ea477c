"""Public pages have an address in each language, are stored by caches where nothing of anybody is in them, and are
found by search engines; no other page is (docs/decisions/0037-public-pages-are-stored-without-a-nonce.md)."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.utils.cache import get_conditional_response, patch_vary_headers

from accounts.middleware import remember_language
from public_site.addresses import is_public, name_of, route_of, split, under
from public_site.pages import FOR_ANYBODY, IN_LANGUAGES, PAGES, STORED, WITH_LANGUAGE

STORED_SECONDS = 300
MESSAGES = "messages"
KEPT_ON_304 = ("xframe_options_exempt", "_csp_replace")


class AddressMiddleware:
    """Takes the language from the address of a public page, before anything else looks at it.

    For visitors: whoever is signed in has a language of her own, and is sent to the address without one. What has no
    address in a language is sent there too. Pages that are the same for anybody are asked as nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.address_language = ""  # type: ignore[attr-defined]
        language, rest = split(request.path_info)
        name = name_of(rest)
        if name in FOR_ANYBODY:
            request.user = AnonymousUser()
        if not language or (rest == "/" and request.user.is_authenticated):
            return self.get_response(request)
        if request.user.is_authenticated or (name and not is_public(name)):
            return self._without_language(request, language, rest)
        request.address_language = language  # type: ignore[attr-defined]
        if rest != "/":  # the front pages have routes of their own
            request.path_info = rest
        with under(language):
            return self.get_response(request)

    def _without_language(self, request: HttpRequest, language: str, rest: str) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponseRedirect(f"{rest}?{query}" if query else rest, preserve_request=True)
        if not request.user.is_authenticated:
            remember_language(request, response, language)
        return response


class StoringMiddleware:
    """Stands outside of everything that sets a cookie: what it sees is what leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        name = route_of(request)
        if not name:
            return response  # a style sheet, a picture, or nothing at all
        if name not in PAGES or response.status_code != 200 or _is_known(request):
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return _stored(request, response) if name in STORED and _may_be_stored(request, response) else response


def _is_known(request: HttpRequest) -> bool:
    return bool(getattr(request, "user", None) and request.user.is_authenticated)


def _may_be_stored(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Read, in order, without anything that was made for one person or for one answer alone."""
    return (
        request.method in ("GET", "HEAD")
        and response.status_code == 200
        and not _is_known(request)
        and not _brings_something(request)
        and not response.cookies
        and not response.has_header("Cache-Control")
        and getattr(request, "_csp_nonce", None) is None
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )


def _brings_something(request: HttpRequest) -> bool:
    """A session, or a message that waits to be shown: pages that know nobody show neither."""
    kept = (settings.SESSION_COOKIE_NAME, MESSAGES)
    return route_of(request) not in FOR_ANYBODY and any(name in request.COOKIES for name in kept)


def _stored(request: HttpRequest, response: Any) -> HttpResponseBase:
    response["Cache-Control"] = f"public, max-age={STORED_SECONDS}"
    name = route_of(request)
    if name not in FOR_ANYBODY:
        patch_vary_headers(response, ("Cookie", "HX-Request"))
    if name in FOR_ANYBODY - IN_LANGUAGES:
        del response["Content-Language"]  # of whoever asked, while what is said is the same for all
    if name in WITH_LANGUAGE and not request.address_language:  # type: ignore[attr-defined]
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
    if response.streaming:
        return response
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    answer: Any = get_conditional_response(request, etag=etag, response=response)
    for kept in KEPT_ON_304:
        if answer is not response and hasattr(response, kept):
            setattr(answer, kept, getattr(response, kept))
    return answer
