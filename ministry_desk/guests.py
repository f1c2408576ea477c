"""Who comes by a link, without an account: found by a cookie, and let into one enquiry.

Two cookies, each for one path and closed to scripts. The page behind a link gives the browser a name (BROWSER), which
says nothing but that it is the same browser. Taking the link up gives it the key to the answers (KEY), new each time,
so that nobody can have planted it. Of both only digests are kept.
"""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actions import digest_of
from capability.models import Update
from common.days import today
from common.scope import PROGRAMME, Reach, scope
from ministry_desk.models import Letter

BROWSER, KEY = "colleague-browser", "colleague-key"
BROWSER_SECONDS = 14 * 24 * 3600
KEY_SECONDS = 12 * 3600


class Guest(AnonymousUser):
    """Reaches one enquiry, and what was asked and answered in it."""

    def __init__(self, letter: Letter) -> None:
        super().__init__()
        self.letter = letter
        self.reach = Reach(guest=letter.enquiry_id)


def letter_of(secret: str) -> Letter | None:
    return Letter.objects.of_token(digest_of(secret)).select_related("asked_by").first()


def guest_of(request: HttpRequest, enquiry: int) -> Guest | None:
    """Whoever holds the key of the enquiry, even when it does not open any more (`why_dead`)."""
    key = request.COOKIES.get(KEY, "")
    if not key:
        return None
    mine = Letter.objects.filter(enquiry_id=enquiry, browser=digest_of(key)).select_related("asked_by")
    letter = mine.first()
    return Guest(letter) if letter else None


def why_dead(letter: Letter) -> str:
    """closed, expired or over; empty while answers may be written."""
    if letter.closed_at:
        return "closed"
    if letter.until < today():
        return "expired"
    return "" if _is_open(letter) else "over"


def _is_open(letter: Letter) -> bool:
    """Asked with the eyes of the programme: how far the update is is not the guest's to see, only that."""
    with scope(PROGRAMME):
        return Update.objects.to_fill().filter(pk=letter.update_id).exists()


def is_elsewhere(letter: Letter, browser: str) -> bool:
    """Taken up, and not by this browser."""
    return letter.taken_at is not None and (not browser or letter.opened_with != digest_of(browser))


@transaction.atomic
def take_up(letter: Letter, browser: str) -> str | None:
    """The key to the answers, for the browser that came first, and for the same browser again; None for others."""
    key, mine = secrets.token_urlsafe(32), digest_of(browser)
    live = Letter.objects.in_force().filter(pk=letter.pk, until__gte=today())
    free = live.filter(Q(taken_at=None) | Q(opened_with=mine))
    opened = Coalesce(F("taken_at"), Now())
    taken = free.update(opened_with=mine, browser=digest_of(key), taken_at=opened)
    return key if taken else None


def close_letters(enquiry: Any) -> None:
    """Link and open page are dead from the next request on."""
    Letter.objects.filter(enquiry=enquiry, closed_at=None).update(closed_at=timezone.now())


# Cookies ----------------------------------------------------------------------------------------------------------


def name_browser(request: HttpRequest, response: HttpResponse) -> None:
    name = request.COOKIES.get(BROWSER) or secrets.token_urlsafe(32)
    _set(response, BROWSER, name, BROWSER_SECONDS, reverse("colleague-link", args=["x"]).removesuffix("x/"))


def hand_key(response: HttpResponse, key: str, enquiry: int) -> None:
    _set(response, KEY, key, KEY_SECONDS, reverse("colleague", args=[enquiry]))


def _set(response: HttpResponse, name: str, value: str, seconds: int, path: str) -> None:
    secure = not settings.DEBUG
    response.set_cookie(name, value, max_age=seconds, path=path, httponly=True, samesite="Lax", secure=secure)
