from django.http import HttpRequest, HttpResponse
from django.urls import path


def soon(request: HttpRequest, **_: object) -> HttpResponse:  # replaced by the owner of this file
    return HttpResponse("soon")


urlpatterns = [
    path("home/", soon, name="home"),
    path("update/", soon, name="update-current"),
    path("states/<slug:state>/updates/<slug:round>/", soon, name="update-detail"),
]
