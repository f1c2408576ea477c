from django.http import HttpRequest, HttpResponse
from django.urls import path


def soon(request: HttpRequest, **_: object) -> HttpResponse:  # replaced by the owner of this file
    return HttpResponse("soon")


urlpatterns = [
    path("landing/", soon, name="landing"),
    path("sign-in/", soon, name="account_login"),
    path("sign-out/", soon, name="account_logout"),
    path("language/", soon, name="language"),
    path("profile/", soon, name="profile"),
    path("help/", soon, name="help"),
    path("reset/", soon, name="account_reset_password"),
]
