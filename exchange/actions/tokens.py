"""Machine tokens: made by a representative, found again by key and secret, and revoked."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.actions import digest_of
from accounts.models import User
from common.events import note
from common.scope import PROGRAMME, scope
from csirt_network.freshness import representatives_of
from csirt_network.models import Team
from exchange.models import MachineToken
from exchange.querysets.tokens import usable_of
from notices.outbox import post
from review.actions import Refused

MARK = "oas-"  # so that a key is known for one wherever it turns up
NO_DIGEST = "0" * 64  # what an unknown key is compared with


@transaction.atomic
def make_token(
    *, team: Team, name: str, scopes: Iterable[str], days: int, networks: Iterable[str], by: Any
) -> tuple[MachineToken, str]:
    """The token and its secret, which is kept nowhere."""
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)  # two at once are counted one by one
    if MachineToken.objects.visible_to(by).usable().filter(team=team).count() >= MachineToken.MOST:
        raise Refused(
            _("The team has %(count)d machine tokens in use. Revoke one first.") % {"count": MachineToken.MOST}
        )
    secret = secrets.token_urlsafe(32)
    token = MachineToken.objects.create(
        team=team,
        name=name,
        key=MARK + secrets.token_hex(8),
        digest=digest_of(secret),
        scopes=list(scopes),
        networks=list(networks),
        made_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    post(kind="machine token made", object_id=token.pk, people=representatives_of(team))
    note("machine token made", account=by.pk, token=token.pk)
    return token, secret


@transaction.atomic
def revoke(*, token: MachineToken, by: Any) -> None:
    """From the next request on; once more changes nothing."""
    theirs = MachineToken.objects.visible_to(by).filter(pk=token.pk, revoked_at=None)
    if theirs.update(revoked_at=timezone.now()):
        post(kind="machine token revoked", object_id=token.pk, people=representatives_of(token.team))
        note("machine token revoked", account=by.pk, token=token.pk)


def revoke_tokens_of(person: User) -> None:
    """All that `person` made, whatever the team: whoever knew the password may have read a secret."""
    with scope(PROGRAMME):
        theirs = MachineToken.objects.filter(made_by=person, revoked_at=None, expires_at__gt=timezone.now())
        for token in theirs.select_related("team"):
            post(kind="machine token revoked", object_id=token.pk, people=representatives_of(token.team))
        theirs.update(revoked_at=timezone.now())


def token_of(key: str, secret: str, *, address: str) -> MachineToken | None:
    """Asked before it is known who asks. Whatever it is that does not hold, the way through is the same."""
    with scope(PROGRAMME, read_only=True):
        found = usable_of(key)
    holds = constant_time_compare(digest_of(secret), found.digest if found else NO_DIGEST)
    return found if found and holds and is_within(found.networks, address) else None


def is_within(networks: Iterable[str], address: str) -> bool:
    """Without networks from anywhere. An IPv4 address that comes as an IPv6 one is what it is."""
    asking: Any = ip_address(address)
    asking = getattr(asking, "ipv4_mapped", None) or asking
    named = [ip_network(network) for network in networks]
    return not named or any(asking in network for network in named)


def note_use(token: MachineToken, *, address: str) -> None:
    with scope(PROGRAMME, page="machine"):
        MachineToken.objects.note_use(token, address=address)
