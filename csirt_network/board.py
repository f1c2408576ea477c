"""Which teams an alert went to, which have opened it and what they answered: for its origin and the programme."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from csirt_network.models import Acknowledgement, Alert, Audience, Reader, Receipt

HELP_FIRST = {"help": 0, "affected": 1, "checking": 2, "": 3, "not-affected": 4}


@dataclass(frozen=True)
class Answered:
    """One reader, a team or a person."""

    name: str
    state: str
    opened_at: datetime | None
    answer: Acknowledgement | None

    @property
    def order(self) -> tuple[int, str]:
        return HELP_FIRST[self.answer.answer if self.answer else ""], self.name


def board_of(alert: Alert, user: Any) -> list[Answered]:
    """Who needs help first. In the scope of `user`, who was found to be one of those who asked."""
    readers = Reader.objects.visible_to(user).filter(audience=alert.audience_id).exclude(person=alert.author_id)
    opened = {
        (r.team_id, r.person_id): r.at for r in Receipt.objects.visible_to(user).filter(alert=alert).order_by("-at")
    }
    standing = Acknowledgement.objects.visible_to(user).standing().filter(alert=alert).select_related("by")
    answered = {(one.team_id, one.person_id): one for one in standing}
    origin = Audience.objects.visible_to(user).values_list("origin", flat=True).get(pk=alert.audience_id)
    rows = [
        Answered(str(r.team or r.person), str(r.team.state) if r.team else "", opened.get(who), answered.get(who))
        for r in readers.select_related("team__state", "person")
        if (who := (r.team_id, r.person_id)) and (r.team_id is None or r.team_id != origin)
    ]
    return sorted(rows, key=lambda row: row.order)
