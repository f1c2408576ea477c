"""The states that an agreement reached: those taking part in activities under it, or under what was promised in it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from action_plan.models import Activity, ActivityState
from common.translated import by_name
from member_states.models import MemberState
from partnerships.blocks import block
from partnerships.models import Agreement, AgreementActivity, CommitmentActivity


@dataclass(frozen=True)
class Reached:
    """A state as map and table want it."""

    state: MemberState
    activities: list[Activity]

    @property
    def fill(self) -> str:
        return "yes" if self.activities else "no"

    @property
    def words(self) -> str:
        number = len(self.activities)
        text = ngettext("%(state)s: %(number)d activity", "%(state)s: %(number)d activities", number)
        return text % {"state": self.state, "number": number}


@block("partnerships/of_reach.html", order=80)
def reach_of_agreement(agreement: Agreement, user: Any) -> dict[str, list[Reached]] | None:
    """In as many queries for many activities as for one; None where nothing is known to have reached a state."""
    linked = AgreementActivity.objects.visible_to(user).filter(agreement=agreement)
    shown = CommitmentActivity.objects.visible_to(user).filter(commitment__agreement=agreement)
    under = linked.values("activity").union(shown.values("activity"))
    activities = {one.pk: one for one in Activity.objects.visible_to(user).filter(pk__in=under).newest_first()}
    if not activities:
        return None
    taking_part: dict[int, set[int]] = {}
    for row in ActivityState.objects.visible_to(user).filter(activity__in=activities):
        taking_part.setdefault(row.state_id, set()).add(row.activity_id)
    if not taking_part:
        return None
    states = MemberState.objects.visible_to(user).order_by(by_name(), "pk")
    rows = [Reached(one, [activities[pk] for pk in activities if pk in taking_part.get(one.pk, ())]) for one in states]
    return {"all": rows, "reached": [row for row in rows if row.activities]}
