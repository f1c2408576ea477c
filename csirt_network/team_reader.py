"""Whoever reads as a team, without being anybody of it: its functional mailboxes, its webhooks."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from common.scope import NOTHING, Reach
from csirt_network.models.teams import NetworkMembership


class TeamReader(AnonymousUser):
    """Reaches what was sent to the team up to TLP:AMBER+STRICT, while it is a member of the network; never TLP:RED."""

    def __init__(self, team: int) -> None:
        super().__init__()
        self.reach = reach_of_team(team)


def reach_of_team(team: int) -> Reach:
    """As of one of its members, without the person (oas_cyber/reach.py)."""
    current: Any = NetworkMembership.objects.current()
    mine = list(current.filter(team=team).values_list("constituent_of", flat=True))
    if not mine:
        return NOTHING
    patrons = current.filter(team__in=[pk for pk in mine if pk]).values_list("team", flat=True)
    return Reach(teams=(team,), patrons=tuple(sorted(set(patrons))), community=True)
