"""How far activities are prepared, and who pays: for the programme's staff, beside the lines of a plan."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from action_plan.models import ActivityCost, CheckItem


@dataclass
class Preparation:
    """`checks` is the list of what has to be done before the day."""

    checks: list[CheckItem] = field(default_factory=list)
    paid_by: str = ""

    @property
    def done(self) -> int:
        return sum(item.is_done for item in self.checks)


def preparations_of(user: Any, activities: Iterable[int]) -> dict[int, Preparation]:
    """By activity, of those that have any. Two queries; none for who may read neither."""
    keys = list(activities)
    found: dict[int, Preparation] = {}
    for item in CheckItem.objects.visible_to(user).filter(activity__in=keys).order_by("pk"):
        found.setdefault(item.activity_id, Preparation()).checks.append(item)
    for cost in ActivityCost.objects.visible_to(user).filter(activity__in=keys).exclude(paid_by=""):
        found.setdefault(cost.activity_id, Preparation()).paid_by = cost.paid_by
    return found
