from django.http import HttpRequest, HttpResponse
from django.urls import path


def soon(request: HttpRequest, **_: object) -> HttpResponse:  # replaced by the owner of this file
    return HttpResponse("soon")


urlpatterns = [
    path("updates/", soon, name="update-inbox"),
    path("states/<slug:state>/updates/<slug:round>/review/", soon, name="update-review"),
]
