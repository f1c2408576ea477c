"""A signed cookie that says who signed in from this browser before: whose words to keep, and which device is new."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "accounts.device"
MOST_PEOPLE = 5
DAYS = 400


def people_of(request: HttpRequest) -> list[int]:
    """Their ids, the last who signed in first; empty for a browser nobody has signed in from."""
    try:
        return [int(pk) for pk in signing.loads(request.COOKIES[settings.DEVICE_COOKIE_NAME], salt=SALT)]
    except (KeyError, ValueError, TypeError, signing.BadSignature):
        return []


def remember(request: HttpRequest, response: HttpResponse) -> None:
    person: Any = request.user
    before = people_of(request)
    if before[:1] == [person.pk]:
        return
    people = [person.pk, *(pk for pk in before if pk != person.pk)][:MOST_PEOPLE]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(people, salt=SALT),
        max_age=DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
