"""From what an author chose to who reads: worked out when an item goes out, and fixed from then on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from common.scope import PROGRAMME, scope
from common.tlp import Tlp
from csirt_network.models import Audience, Reader, Recipient, SharingGroup, Team


@dataclass(frozen=True)
class Readers:
    """Whom an audience comes to today."""

    teams: frozenset[int]
    people: frozenset[int]
    with_programme: bool


@transaction.atomic
def make_audience(*, origin: Team | None, chosen: Iterable[Recipient], by: Any) -> Audience:
    """`chosen` are unsaved recipients; the same one twice counts once."""
    audience = Audience.objects.create(origin=origin, made_by=by)
    for recipient in chosen:
        recipient.audience = audience
    Recipient.objects.bulk_create(chosen, ignore_conflicts=True)
    return audience


def readers_of(chosen: Iterable[Recipient], *, tlp: str, author: Any) -> Readers:
    """Under TLP:RED only the persons chosen, and the author; else each team once, and the persons.

    The members of a group may be hidden from who writes to it, so the programme looks them up.
    """
    chosen = list(chosen)
    people = {r.person_id for r in chosen if r.person_id} | {author.pk}
    if tlp == Tlp.RED:
        return Readers(frozenset(), _open_accounts(people), with_programme=False)
    with scope(PROGRAMME):
        teams = frozenset(_teams_of(chosen))
    return Readers(teams, _open_accounts(people), any(r.kind == Recipient.Kind.PROGRAMME for r in chosen))


@transaction.atomic
def settle(audience: Audience, *, tlp: str, author: Any) -> Readers:
    """Writes down who reads. Once: an audience that is settled stays as it is."""
    held = Audience.objects.select_for_update().get(pk=audience.pk)
    if held.settled_at:
        raise ValueError("This audience is settled: a new version has a new one.")
    found = readers_of(audience.recipients.all(), tlp=tlp, author=author)
    rows = [Reader(audience=audience, team_id=pk) for pk in sorted(found.teams)]
    Reader.objects.bulk_create([*rows, *(Reader(audience=audience, person_id=pk) for pk in sorted(found.people))])
    Audience.objects.filter(pk=audience.pk).update(settled_at=datetime.now(UTC))
    return found


def _teams_of(chosen: Iterable[Recipient]) -> Iterable[int]:
    """Members of the network today; a team that has left it receives nothing, by whatever name it was chosen."""
    network = Team.objects.connected()
    if not any(recipient.kind == Recipient.Kind.NETWORK for recipient in chosen):
        regions = [r.sub_region for r in chosen if r.sub_region]
        groups = SharingGroup.objects.running().filter(pk__in=[r.group_id for r in chosen if r.group_id])
        teams = [r.team_id for r in chosen if r.team_id]
        network = network.filter(Q(pk__in=teams) | Q(state__sub_region__in=regions) | Q(groups__group__in=groups))
    return network.order_by().distinct().values_list("pk", flat=True)


def _open_accounts(people: Iterable[int]) -> frozenset[int]:
    return frozenset(User.objects.filter(is_active=True, pk__in=list(people)).values_list("pk", flat=True))
