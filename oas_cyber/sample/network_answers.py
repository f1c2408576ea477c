"""What teams of the trial answered to the alerts they were sent: each in its own reach, a few not yet."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils import timezone

from common.scope import reach_of, scope
from csirt_network.actions.answering import acknowledge, note_opened
from csirt_network.actions.sighting import sight
from csirt_network.actions.talking import comment
from csirt_network.answers import sides_of
from csirt_network.models import Alert, Indicator, TeamMember

ANSWERS = ("not-affected", "checking", "not-affected", "affected", "", "not-affected", "help", "checking")
WAITING = "chile-national"  # so that somebody finds an alert that waits
NOTE = "Ejemplo: dos cuentas, ya restablecidas."
SAID = "Ejemplo: vimos el mismo mensaje en dos ministerios, desde el 17."


def make_answers() -> None:
    for member in TeamMember.objects.current().filter(kind="representative").select_related("person", "team"):
        with scope(reach_of(member.person)):
            for alert in Alert.objects.visible_to(member.person).open().asking(member.person):
                _answer(alert, member)


def _answer(alert: Alert, member: TeamMember) -> None:
    sides = sides_of(alert, member.person)
    answer = ANSWERS[(alert.pk + member.team_id) % len(ANSWERS)]
    if not answer or not sides or member.team.slug == WAITING:
        return
    note_opened(alert=alert, sides=sides, by=member.person)
    note = NOTE if answer == "affected" else ""
    acknowledge(alert=alert, side=sides[0], answer=answer, note=note, by=member.person)
    if answer in ("affected", "help"):
        _seen(alert, member)


def _seen(alert: Alert, member: TeamMember) -> None:
    keys = _keys(alert, member)
    facts: dict[str, Any] = {"kind": "seen", "seen_on": timezone.localdate(), "note": "", "by": member.person}
    for count, indicator in enumerate((None, *Indicator.objects.standing().filter(alert=alert)[:2]), start=1):
        sight(alert=alert, team=member.team, indicator=indicator, count=count, key=next(keys), **facts)
    comment(alert=alert, team=member.team, text=SAID, key=next(keys), by=member.person)


def _keys(alert: Alert, member: TeamMember) -> Iterator[UUID]:
    """The same at every loading."""
    return (UUID(int=(alert.pk << 64) + (member.pk << 16) + number) for number in range(9))
