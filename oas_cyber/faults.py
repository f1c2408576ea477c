"""While the database is away: whoever asks is told so in a sentence, keeps what was typed, and may try again.

The exception is known only where it was turned into an answer, often deep inside; the signal notes it, and the
outermost place that still sets the headers of every page puts the sentence in the place of the error.
"""

import sys
from collections.abc import Callable
from typing import Any

from django.core.signals import got_request_exception
from django.db import DatabaseError, InterfaceError, OperationalError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.held import Held
from common.api.problems import MEDIA_TYPE, problem_of

AWAY = (OperationalError, InterfaceError)
SECONDS = 10  # until it makes sense to try again


class FaultsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 500 and is_away(getattr(request, "fault", None)):
            return away(request)
        return response


def is_away(fault: BaseException | None) -> bool:
    """A session that was cut in the middle of an answer is a plain DatabaseError, for which the server has no code."""
    was_cut = type(fault) is DatabaseError and getattr(fault.__cause__, "pgcode", "") is None
    return was_cut or isinstance(fault, AWAY)


@receiver(got_request_exception, dispatch_uid="note fault")
def note_fault(sender: Any, request: HttpRequest | None = None, **_signal: Any) -> None:
    if request is not None:
        request.fault = sys.exc_info()[1]  # type: ignore[attr-defined]


def away(request: HttpRequest) -> HttpResponse:
    """In the language that browser and cookie name: the profile cannot be asked."""
    with translation.override(translation.get_language_from_request(request)):
        response = _problem() if request.path_info.startswith("/api/") else _page(request)
        response["Content-Language"] = translation.get_language() or "en"
    response["Retry-After"] = str(SECONDS)
    response["Cache-Control"] = "no-store, private"
    return response


def _page(request: HttpRequest) -> HttpResponse:
    """Rendered without a request, which could ask the database; a form that was posted comes back to be sent again."""
    held = Held.of(request) if request.method == "POST" and not request.headers.get("HX-Request") else None
    context = {"held": held, "csrf_token": get_token(request)} if held else {}
    return HttpResponse(render_to_string("503.html", context), status=503)


def _problem() -> HttpResponse:
    sentence = _("The database is away for a moment. Send the same again shortly, with the same key.")
    return JsonResponse(problem_of(503, sentence), status=503, content_type=MEDIA_TYPE)
