from django.http import HttpRequest, HttpResponse
from django.urls import path


def soon(request: HttpRequest, **_: object) -> HttpResponse:  # replaced by the owner of this file
    return HttpResponse("soon")


urlpatterns = [
    path("rounds/", soon, name="round-list"),
    path("rounds/<slug:round>/", soon, name="round-detail"),
]
