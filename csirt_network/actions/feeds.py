"""Feeds by token: made, found again by their secret, and revoked."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import digest_of
from accounts.models import User
from common.events import note
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import FeedToken, Team
from csirt_network.team_reader import TeamReader
from review.actions import Refused


@transaction.atomic
def make_feed(*, name: str, team: Team | None, by: Any) -> tuple[FeedToken, str]:
    """The token and its secret, which is kept nowhere."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two at once are counted one by one
    if FeedToken.objects.visible_to(by).usable().filter(person=by).count() >= FeedToken.MOST:
        raise Refused(_("You have %(count)d feeds in use. Revoke one first.") % {"count": FeedToken.MOST})
    secret = secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(days=FeedToken.DAYS)
    token = FeedToken.objects.create(
        person=by, team=team, name=name, digest=digest_of(secret), prefix=secret[:6], expires_at=until
    )
    return token, secret


@transaction.atomic
def revoke(*, token: FeedToken, by: Any) -> None:
    """From the next request on; once more changes nothing."""
    mine = FeedToken.objects.visible_to(by).filter(pk=token.pk, revoked_at=None)
    if mine.update(revoked_at=timezone.now()):
        note("feed revoked", account=by.pk, feed=token.pk)


def revoke_feeds_of(person: User) -> None:
    """All that `person` made, those of a team too: whoever reads the old mail or knew the password has the address."""
    with scope(PROGRAMME):
        FeedToken.objects.filter(person=person, revoked_at=None).update(revoked_at=timezone.now())


def token_of(secret: str) -> FeedToken | None:
    """Asked before it is known who asks: the secret is what allows it."""
    with scope(PROGRAMME, read_only=True):
        usable = FeedToken.objects.usable().select_related("person", "team")
        return usable.filter(digest=digest_of(secret)).first()


def reader_of(token: FeedToken) -> Any | None:
    """In whose reach the feed is read today: the person's, or the team's while the person is of it. Else nobody's."""
    person = token.person
    if not person.has_perm("csirt_network.subscribe"):
        return None
    if token.team is None:
        return person
    return TeamReader(token.team.pk) if token.team.pk in reach_of(person).teams else None


def note_use(token: FeedToken) -> None:
    with scope(PROGRAMME, page="feed"):
        FeedToken.objects.note_use(token)
