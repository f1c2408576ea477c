"""Every request gets a reference: it stands in the log, in the answer's headers and on pages that tell of an error."""

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from common.api.problems import MEDIA_TYPE, problem_of
from common.events import note
from oas_cyber.logs import current
from oas_cyber.metrics import count_request

logger = logging.getLogger(__name__)
DENIED = frozenset({401, 403, 404, 429})
PROOFS = frozenset({
    "account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
})  # fmt: skip
UNKNOWN = "-"  # no route at all


class RequestMiddleware:
    """The outermost but for the health pages: what it logs of a request is what the visitor was answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.monotonic()
        request.reference = secrets.token_hex(6)  # type: ignore[attr-defined]
        about: dict[str, Any] = {"request": request.reference, "method": request.method}  # type: ignore[attr-defined]
        told = current.set(about)
        try:
            response = self.get_response(request)
            about |= {"route": route_of(request), "status": response.status_code, "person": person_of(request)}
            response["X-Request-Id"] = request.reference  # type: ignore[attr-defined]
            if about["route"] == UNKNOWN and response.status_code < 400:
                return response  # a style sheet, a picture
            logger.info("answered", extra={"about": {"ms": round((time.monotonic() - began) * 1000)}})
            if response.status_code in DENIED and about["route"] != UNKNOWN:
                note("denied")
            if request.method == "POST" and about["route"] in PROOFS and response.status_code == 200:
                note("proof refused", level=logging.WARNING)
            count_request(about["route"], response.status_code)
            return response
        finally:
            current.reset(told)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """From here on every line says which page it is."""
        (current.get() or {})["route"] = route_of(request)


def route_of(request: HttpRequest) -> str:
    return (request.resolver_match and request.resolver_match.view_name) or UNKNOWN


def person_of(request: HttpRequest) -> int | None:
    """Her number, when the page asked who it is anyway: nothing is asked of the database for the log."""
    person = getattr(request, "_cached_user", None) or getattr(request, "user", None)
    known = person if "_wrapped" not in getattr(person, "__dict__", {}) else None
    return getattr(known, "pk", None)


def broken(request: HttpRequest) -> HttpResponse:
    """Whatever nobody foresaw. Rendered without a request, which could break again."""
    reference = getattr(request, "reference", "")
    if not request.path_info.startswith("/api/"):
        return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)
    sentence = _("The fault is ours and has been recorded. What you had saved is safe. Try again in a few minutes.")
    problem = problem_of(500, sentence) | {"reference": reference}
    return JsonResponse(problem, status=500, content_type=MEDIA_TYPE)
