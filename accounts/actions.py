"""Access tokens: made, found again by their secret, and revoked."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import signals
from accounts.models import ApiToken, User
from common.events import note

MARK = "oas_"  # so that a token is known for one where it does not belong


class TooMany(Exception):
    """Its message is a sentence for the person who asked."""


def digest_of(secret: str) -> str:
    """Plain SHA-256: the secret has 256 random bits, there is nothing to guess slowly."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(*, name: str, scopes: list[str], days: int, by: Any) -> tuple[ApiToken, str]:
    """The token, and its secret, which is kept nowhere."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two at once are counted one by one
    if ApiToken.objects.filter(person=by).usable().count() >= ApiToken.MOST:
        raise TooMany(_("You have %(count)s tokens in use. Revoke one first.") % {"count": ApiToken.MOST})
    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=by,
        name=name,
        digest=digest_of(secret),
        prefix=secret[:10],
        scopes=scopes,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token, secret


def token_of(secret: str) -> ApiToken | None:
    """The usable token of a secret, with its person."""
    return ApiToken.objects.usable().select_related("person").filter(digest=digest_of(secret)).first()


def revoke_all(*, person: Any) -> None:
    """Every secret that works in the person's name: tokens here, addresses of feeds in the apps above."""
    revoked = ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=timezone.now())
    if revoked:
        note("tokens revoked", account=person.pk, number=revoked)
    signals.all_revoked.send(sender=User, person=person)


def revoke_token(*, token: ApiToken, by: Any) -> None:
    """From the next request on; once more changes nothing."""
    mine = ApiToken.objects.visible_to(by).filter(pk=token.pk, revoked_at=None)
    if mine.update(revoked_at=timezone.now()):
        note("token revoked", account=token.person_id, token=token.pk)
