from django.http import HttpRequest, HttpResponse
from django.urls import path


def soon(request: HttpRequest, **_: object) -> HttpResponse:  # replaced by the owner of this file
    return HttpResponse("soon")


urlpatterns = [
    path("sources/", soon, name="source-list"),
    path("files/<uuid:token>/", soon, name="file-download"),
]
