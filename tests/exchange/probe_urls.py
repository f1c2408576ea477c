"""Views as programs meet them, for tests of how they sign in."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from common.scope import current_reach
from csirt_network.models import Alert
from exchange.machines import Machine, machine


def told(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return JsonResponse({"title": sentence, "http_status": str(status)}, status=status)


def _answer(request: HttpRequest) -> HttpResponse:
    reader = request.machine
    alerts = Alert.objects.visible_to(reader).values_list("tlp", flat=True)
    is_machine = isinstance(reader, Machine)
    return JsonResponse(
        {
            "team": reader.team.slug if is_machine else None,
            "scopes": list(reader.scopes) if is_machine else [],
            "teams": list(current_reach().teams),
            "person": current_reach().person,
            "staff": current_reach().staff,
            "alerts": sorted(alerts),
            "user": str(request.user),
        }
    )


@machine()
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def anything(request: HttpRequest) -> HttpResponse:
    return _answer(request)


@machine(scope="read", error=told)
@require_http_methods(["GET", "HEAD"])
def reading(request: HttpRequest) -> HttpResponse:
    return _answer(request)


@machine(scope="push", error=told)
@require_http_methods(["GET", "POST"])
def pushing(request: HttpRequest) -> HttpResponse:
    """It tries to write whatever the method."""
    request.machine.token.team.members.update(ends_on="2099-12-31")
    return _answer(request)


@machine(scope="read", error=told)
@require_http_methods(["GET"])
def nothing(request: HttpRequest) -> HttpResponse:
    raise Http404


@machine(scope="read", public=True)
@require_http_methods(["GET"])
def open_to_all(request: HttpRequest) -> HttpResponse:
    response = _answer(request)
    response["Cache-Control"] = "public, max-age=300"
    return response


urlpatterns = [
    path("probe/any/", anything),
    path("probe/read/", reading),
    path("probe/push/", pushing),
    path("probe/nothing/", nothing),
    path("probe/public/", open_to_all),
    path("", include("oas_cyber.urls")),
]
