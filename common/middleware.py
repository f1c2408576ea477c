"""One middleware sets the scope of every request; what must be recorded of a read is written after the answer."""

from collections.abc import Callable, Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from common.scope import Reach, reach_of, scope

# All that reading a page may write: after the answer, or around it. Nothing of it is what anybody said or decided.
WRITTEN_AFTER_READING = {
    "accounts_auditentry": "who read what a state said, a file or a report",
    "csirt_network_receipt": "that a team has opened an alert it was sent",
    "audit_fingerprint": "the fingerprint of that entry",
    "accounts_apitoken": "when a token was used last",
    "csirt_network_feedtoken": "when a feed was read last",
    "action_plan_calendarfeed": "when a calendar was read last",
    "exchange_machinetoken": "when, and from where, a machine token was used last",
    "exchange_earlywarning": "who of a team saw an early warning first, and when",
    "accounts_user": "which steps of the tour are done",
    "csirt_network_librarydownload": "how often a version of the library was downloaded",
    "action_plan_materialdownload": "how often a material was downloaded",
    "django_session": "when a session was used last",
    "usersessions_usersession": "when a session was used last",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class OwnOriginMiddleware:
    """Pages of other origins load nothing of ours, not even as a picture. The other headers are Django's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class ScopeMiddleware:
    """Runs view and rendering in the scope of the person who asks. Reading methods run read-only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path:
            raise Http404  # no address of ours holds one, and the database takes none
        reach = reach_of(request.user)
        read_only = request.method in SAFE_METHODS
        request.after_response = []  # type: ignore[attr-defined]
        with scope(reach, read_only=read_only, page=f"{request.method} {request.path}"):
            response = self.get_response(request)
        for record in request.after_response:  # type: ignore[attr-defined]
            with scope(reach, page=f"{request.method} {request.path}"):
                record()
        if isinstance(response, StreamingHttpResponse) and not hasattr(response, "file_to_stream"):
            response.streaming_content = _in_scope(reach, response.streaming_content)  # type: ignore[arg-type]
        return response


def _in_scope(reach: Reach, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The rows of a streamed body are read after the middleware has returned: they need the scope again."""
    with scope(reach, read_only=True):
        yield from chunks


class PrivacyMiddleware:
    """Nothing a signed-in person was shown stays in a cache (Zulip, March 2021: 149 people saw others' pages)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response
