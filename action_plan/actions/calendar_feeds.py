"""Calendars by address: made, found again by their secret, and revoked."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import digest_of
from accounts.models import User
from action_plan.models import CalendarFeed
from common.events import note
from common.scope import PROGRAMME, scope
from review.actions import Refused


@transaction.atomic
def make_feed(*, name: str, state: Any, is_own_work: bool, by: Any) -> tuple[CalendarFeed, str]:
    """The feed and its secret, which is kept nowhere."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two at once are counted one by one
    if CalendarFeed.objects.visible_to(by).usable().filter(person=by).count() >= CalendarFeed.MOST:
        raise Refused(_("You have %(count)d calendars in use. Revoke one first.") % {"count": CalendarFeed.MOST})
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        person=by,
        state=state,
        is_own_work=is_own_work,
        name=name,
        digest=digest_of(secret),
        prefix=secret[:6],
        expires_at=timezone.now() + timedelta(days=CalendarFeed.DAYS),
    )
    return feed, secret


@transaction.atomic
def revoke(*, feed: CalendarFeed, by: Any) -> None:
    """From the next request on; once more changes nothing."""
    mine = CalendarFeed.objects.visible_to(by).filter(pk=feed.pk, revoked_at=None)
    if mine.update(revoked_at=timezone.now()):
        note("calendar revoked", account=by.pk, feed=feed.pk)


def revoke_feeds_of(person: User) -> None:
    with scope(PROGRAMME):
        CalendarFeed.objects.filter(person=person, revoked_at=None).update(revoked_at=timezone.now())


def feed_of(secret: str) -> CalendarFeed | None:
    """Asked before it is known who asks: the secret is what allows it."""
    with scope(PROGRAMME, read_only=True):
        usable = CalendarFeed.objects.usable().select_related("person", "state")
        return usable.filter(digest=digest_of(secret)).first()


def note_use(feed: CalendarFeed) -> None:
    with scope(PROGRAMME, page="calendar"):
        CalendarFeed.objects.note_use(feed)
