"""Whom activities reached, as far as a reader may know it: states, and women, men, other and not stated.

One place for the page of a commitment and for the report on an agreement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from action_plan.models import Activity, ActivityState, ParticipantCount
from action_plan.querysets.activities import GENDERS
from common.translated import by_name
from member_states.models import MemberState

Figures = dict[str, int]
NOBODY: Figures = {**dict.fromkeys(GENDERS, 0), "total": 0}


@dataclass(frozen=True)
class StateReached:
    """Without a state: people of no member state, of states that are not stated, or that the reader may not know."""

    state: MemberState | None
    figures: Figures


@dataclass(frozen=True)
class Reached:
    activities: list[Any]
    states: list[StateReached]
    total: Figures

    @property
    def number_of_states(self) -> int:
        return sum(1 for row in self.states if row.state)


def reached_by(activities: Iterable[int], user: Any) -> Reached:
    """In four queries, however many activities. Each activity comes with `figures` and `states_named`."""
    found: list[Any] = list(
        Activity.objects.visible_to(user).filter(pk__in=set(activities)).with_figures().newest_first()
    )
    pks = [activity.pk for activity in found]
    taking_part = ActivityState.objects.visible_to(user).filter(activity__in=pks).values_list("activity", "state")
    states = {one.pk: one for one in MemberState.objects.visible_to(user).order_by(by_name(), "pk")}
    pairs = list(taking_part)
    for activity in found:
        activity.states_named = [one for pk, one in states.items() if (activity.pk, pk) in set(pairs)]
    counts = ParticipantCount.objects.visible_to(user).filter(activity__in=pks)
    named = {row["state"]: _figures(row) for row in counts.naming_states_for(user).summed("state")}
    total = _sum(dict(zip(GENDERS, one.figures or (0, 0, 0, 0), strict=True)) for one in found)
    shown = {state for _activity, state in pairs} | {pk for pk in named if pk}
    rows = [StateReached(one, named.get(pk, NOBODY)) for pk, one in states.items() if pk in shown]
    rest = _rest(total, [row.figures for row in rows])
    return Reached(found, [*rows, *([StateReached(None, rest)] if rest["total"] else [])], total)


def _figures(row: Figures) -> Figures:
    return {gender: row[gender] for gender in (*GENDERS, "total")}


def _sum(rows: Iterable[Figures]) -> Figures:
    held = list(rows)
    sums = {gender: sum(row[gender] for row in held) for gender in GENDERS}
    return {**sums, "total": sum(sums.values())}


def _rest(total: Figures, rows: list[Figures]) -> Figures:
    return {name: total[name] - sum(row[name] for row in rows) for name in total}
