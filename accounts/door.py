"""Who gets past the door: sessions that last, with a second factor; and nobody while attempts go uncounted."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from redis.exceptions import RedisError

from accounts import device, sessions
from accounts.second_factor import suffices
from common.scope import Reach, reach_of

logger = logging.getLogger(__name__)


class SessionMiddleware:
    """Ends what has lasted too long, or belongs to somebody whose role has changed; notes the rest as used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_session(request):
            if sessions.is_over(request):
                sessions.end(request)
            else:
                sessions.note_use(request)
        response = self.get_response(request)
        if has_session(request):
            device.remember(request, response)
        return response


class SecondFactorMiddleware:
    """The one gate. Without a second factor a session reaches no page but those that set one up.

    Until then the person has no roles and no states in this request: were a page forgotten here, it would be empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person: Any = request.user
        request.lacks_second_factor = has_session(request) and not _passes(request)  # type: ignore[attr-defined]
        if request.lacks_second_factor:  # type: ignore[attr-defined]
            person.reach, person.staff_roles = Reach(person=person.pk), frozenset()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        match = request.resolver_match
        if not request.lacks_second_factor or (match and match.view_name in settings.OPEN_WITHOUT_SECOND_FACTOR):  # type: ignore[attr-defined]
            return None
        target = reverse("mfa_index")
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Attempts are counted in the shared cache. While it is away nobody is let in uncounted."""
        if not isinstance(exception, RedisError):
            return None
        logger.error("Refused for want of the cache: %s", type(exception).__name__)
        return render(request, "account/uncounted.html", status=503)


def has_session(request: HttpRequest) -> bool:
    """A person who signed in, not a program with a token."""
    return request.user.is_authenticated and not request.bearer  # type: ignore[attr-defined]


def _passes(request: HttpRequest) -> bool:
    reach_of(request.user)  # tells the roles as well
    return suffices(request)
