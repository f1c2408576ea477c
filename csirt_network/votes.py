"""What the pages of votes show: the result once a vote is closed, before that what the reader's own teams said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from csirt_network.models import Proposal, Team, Vote, WorkingGroup, WorkingGroupSeat


@dataclass(frozen=True)
class Side:
    """Of one answer: how many teams gave it, and which."""

    choice: Vote.Choice
    teams: Sequence[Team]

    @property
    def count(self) -> int:
        return len(self.teams)


def sides_of(votes: Sequence[Vote]) -> list[Side]:
    """Yes, no and abstain, in this order, from votes that their reader may see."""
    return [Side(choice, [vote.team for vote in votes if vote.choice == choice]) for choice in Vote.Choice]


def votes_in_sight(user: Any, proposal: Proposal) -> list[Vote]:
    found = Vote.objects.visible_to(user).filter(proposal=proposal).select_related("team", "by")
    return list(found.order_by("team__name", "pk"))


def voting_teams(user: Any, group: WorkingGroup) -> list[Team]:
    """The teams of `user` that have a seat in the group."""
    seats = WorkingGroupSeat.objects.visible_to(user).own(user).filter(group=group)
    return list(Team.objects.own(user).filter(pk__in=seats.values("team")).order_by("name", "pk"))
