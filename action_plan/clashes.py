"""What else is on the same days: with the same officer, or in the same state. A hint, never a refusal."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from action_plan.models import Activity, ActivityState

MOST = 8


@dataclass(frozen=True)
class Clash:
    activity: Activity
    is_officer: bool
    states: list[str]


def clashes(
    user: Any, *, first: date | None, last: date | None, officer: Any, states: Any, but: int | None
) -> list[Clash]:
    """`officer` and `states` are keys. Nothing without a day."""
    if first is None:
        return []
    shared = ActivityState.objects.visible_to(user).filter(state__in=states)
    same = Q(Exists(shared.filter(activity=OuterRef("pk")))) | (Q(officer=officer) if officer else Q())
    others = Activity.objects.visible_to(user).between(first, last or first).filter(same, precision="day").standing()
    found = list(others.exclude(pk__in=[but] if but else []).order_by("starts_on", "pk")[:MOST])
    named: dict[int, list[str]] = {}
    for row in shared.filter(activity__in=[one.pk for one in found]).select_related("state"):
        named.setdefault(row.activity_id, []).append(str(row.state))
    return [Clash(one, bool(officer) and one.officer_id == officer, sorted(named.get(one.pk, []))) for one in found]
