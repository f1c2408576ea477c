from django.http import HttpRequest, HttpResponse
from django.urls import path


def soon(request: HttpRequest, **_: object) -> HttpResponse:  # replaced by the owner of this file
    return HttpResponse("soon")


urlpatterns = [
    path("", soon, name="front"),
    path("region/", soon, name="region"),
    path("states/", soon, name="state-list"),
    path("states/<slug:slug>/", soon, name="state-detail"),
]
