"""Whom an alert would reach, as its author sees it before it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from common.scope import reach_of
from common.tlp import READERS, Tlp
from common.translated import by_name
from csirt_network.actions.audiences import Readers, readers_of
from csirt_network.actions.publishing import people_of
from csirt_network.models import Alert, NetworkMembership, Recipient, Team
from member_states.models import MemberState


@dataclass(frozen=True)
class Spread:
    """`hidden` are teams of groups that hide their members: counted, and neither they nor their states are named.
    `besides` are teams that its label lets read though it is not sent to them."""

    chosen: Sequence[Recipient]
    readers: Readers
    teams: Sequence[Team]
    states: Sequence[MemberState]
    people: Sequence[Any]
    hidden: int
    mails: int
    besides: int
    label_says: Any


def spread_of(alert: Alert, chosen: Sequence[Recipient], user: Any) -> Spread:
    readers = readers_of(chosen, tlp=alert.tlp, author=alert.author)
    named = _named(chosen, readers, alert, user)
    teams = list(Team.objects.visible_to(user).filter(pk__in=named).select_related("state").order_by("name"))
    people = people_of(readers)
    return Spread(
        chosen=chosen,
        readers=readers,
        teams=teams,
        states=_states(teams, user),
        people=sorted({str(r.person.name) for r in chosen if r.person}),
        hidden=len(readers.teams) - len(named),
        mails=people.exclude(pk=user.pk).count(),
        besides=_besides(alert.tlp, readers),
        label_says=READERS[alert.tlp],
    )


def _named(chosen: Sequence[Recipient], readers: Readers, alert: Alert, user: Any) -> frozenset[int]:
    """The teams the author may know of."""
    if reach_of(user).staff or not any(r.group and r.group.hides_members for r in chosen):
        return readers.teams
    shown = [r for r in chosen if not (r.group and r.group.hides_members)]
    return readers_of(shown, tlp=alert.tlp, author=alert.author).teams


def _states(teams: Sequence[Team], user: Any) -> list[MemberState]:
    found = MemberState.objects.visible_to(user).filter(pk__in={team.state_id for team in teams})
    return list(found.order_by(by_name(), "pk"))


def _besides(tlp: str, readers: Readers) -> int:
    network = NetworkMembership.objects.current().exclude(team__in=readers.teams).order_by()
    if tlp == Tlp.AMBER:
        return network.filter(constituent_of__in=readers.teams).values("team").distinct().count()
    return network.values("team").distinct().count() if tlp in (Tlp.CLEAR, Tlp.GREEN) else 0
