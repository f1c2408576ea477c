"""Objective 3 in figures: who is connected, and what went through the network. Nothing above TLP:GREEN is counted.

Membership is published, so everybody gets those counts; of alerts each reader those that they may read themselves.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from common.tlp import Tlp
from csirt_network.figures import counted, months_before
from csirt_network.models import Acknowledgement, Alert, LibraryItem, Team

TOLD = (Tlp.CLEAR, Tlp.GREEN)


@dataclass(frozen=True)
class Connected:
    """`states`: how many have a team in the network. `alerts`: published under CLEAR or GREEN in twelve months;
    `answered`: those of them that a team has answered. `items`: of the library, under the same labels."""

    states: int
    teams: int
    national: int
    alerts: int
    answered: int
    items: int


def states_connected(user: Any) -> int:
    """How many have a team in the network. One query."""
    return int(Team.objects.visible_to(user).connected().aggregate(found=Count("state", distinct=True))["found"])


def connected(user: Any, now: datetime) -> Connected:
    """Four queries."""
    teams = list(Team.objects.visible_to(user).connected().values_list("state_id", "kind"))
    alerts = counted(Alert.objects.visible_to(user), months_before(now)[0]).filter(tlp__in=TOLD)
    found = list(alerts.order_by().values_list("pk", flat=True))
    answers = Acknowledgement.objects.visible_to(user).filter(
        alert__in=found or [0]
    )  # asked as often when there is none
    return Connected(
        states=len({state for state, _kind in teams}),
        teams=len(teams),
        national=sum(kind == Team.Kind.NATIONAL for _state, kind in teams),
        alerts=len(found),
        answered=answers.order_by().values("alert").distinct().count(),
        items=LibraryItem.objects.visible_to(user).standing().filter(tlp__in=TOLD).count(),
    )
