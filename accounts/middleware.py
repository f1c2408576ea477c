from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from redis.exceptions import RedisError

from accounts.actions import token_of
from accounts.api_limits import spend, tell
from accounts.counting import network_of
from accounts.held import Held
from accounts.models import ApiToken
from accounts.views.sign_in import session_ended
from common.limits import count


class TokenMiddleware:
    """Under /api/, `Authorization: Bearer …` says who asks and no session is looked at. Elsewhere it says nothing.

    ``request.token`` is the token, or None; ``request.bearer`` whether one was shown at all; ``request.spent`` what was
    asked in this stretch of time. Who the person is, and whether the token still holds, is asked anew each time; the
    scope that follows is that of the person now.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_api = request.path_info.startswith("/api/")
        secret = _bearer(request) if is_api else None
        guesses = _has_guessed_too_often(request) if secret is not None else False
        token = token_of(secret) if secret and not guesses else None
        if secret is not None and not token and not guesses:
            _count_guess(request)
        request.guesses = guesses  # type: ignore[attr-defined]
        request.spent = spend(request, token) if is_api else []  # type: ignore[attr-defined]
        request.token, request.bearer = token, secret is not None  # type: ignore[attr-defined]
        if secret is not None:
            request.user = token.person if token else AnonymousUser()
        response = self.get_response(request)
        if is_api:
            response["Cache-Control"] = "no-store, private"
            patch_vary_headers(response, ("Authorization",))
            tell(response, request.spent)  # type: ignore[attr-defined]
        if token:
            ApiToken.objects.note_use(token)
        return response


MOST_GUESSES, GUESS_SECONDS = 30, 600


def _has_guessed_too_often(request: HttpRequest) -> bool:
    """From this address, with tokens that do not hold; a good one clears nothing."""
    return _guesses(request, step=0) >= MOST_GUESSES


def _count_guess(request: HttpRequest) -> None:
    _guesses(request, step=1)


def _guesses(request: HttpRequest, *, step: int) -> int:
    """A token has 256 random bits: while the cache is away there is nothing to be guessed in the meantime."""
    try:
        return count(GUESS_SECONDS, of="api-guess", by=network_of(request), step=step)
    except (RedisError, OSError):
        return 0


def _bearer(request: HttpRequest) -> str | None:
    """What stands behind the word Bearer, an empty string too; None without it."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


class PreferencesMiddleware:
    """Language and time zone of the reader: from the profile; before sign-in from address, cookie and browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        language = getattr(request, "address_language", "") or _language_of(request)
        zone = ZoneInfo(user.time_zone if user.is_authenticated else settings.TIME_ZONE)
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        if user.is_authenticated and not request.bearer:  # type: ignore[attr-defined]
            remember_language(request, response, language)
        return response


def _language_of(request: HttpRequest) -> str:
    user: Any = request.user
    return user.language if user.is_authenticated else translation.get_language_from_request(request)


def remember_language(request: HttpRequest, response: HttpResponse, language: str) -> None:
    """In the cookie too, for what must be said while the profile cannot be read."""
    is_told = settings.LANGUAGE_COOKIE_NAME in response.cookies
    if not is_told and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", secure=request.is_secure())


class SignInMiddleware(LoginRequiredMiddleware):
    """Whoever is not signed in is sent to sign in. A form that was posted meanwhile is not lost on the way."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        is_page = request.method == "POST" and not request.headers.get("HX-Request")
        held = Held.of(request) if is_page else None
        return session_ended(request, held) if held else super().handle_no_permission(request, view_func)
