"""One middleware sets the scope of every request; what must be recorded of a read is written after the answer."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from common.scope import Reach, reach_of, scope

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class ScopeMiddleware:
    """Runs view and rendering in the scope of the person who asks. Reading methods run read-only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
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
