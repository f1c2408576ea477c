from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.models import User
from oas_cyber.guide.tour import done_by, tick


class TourMiddleware:
    """Ticks the steps of the tour that a request has done. Asks and writes nothing for whoever has left it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user, match = request.user, request.resolver_match
        if match and isinstance(user, User) and not user.tour_left and response.status_code < 400:
            done = done_by(user, f"{request.method} {match.view_name}")
            if done:
                request.after_response.append(lambda: tick(user, done))  # type: ignore[attr-defined]
        return response
