from django.http import HttpRequest, HttpResponse
from django.urls import path


def soon(request: HttpRequest, **_: object) -> HttpResponse:  # replaced by the owner of this file
    return HttpResponse("soon")


urlpatterns = [
    path("reports/", soon, name="run-list"),
    path("reports/<int:pk>/", soon, name="run-detail"),
    path("reports/schedules/", soon, name="schedule-list"),
    path("reports/schedules/<int:pk>/", soon, name="schedule-detail"),
    path("reports/<int:pk>/<slug:language>.<slug:format>", soon, name="run-file"),
]
