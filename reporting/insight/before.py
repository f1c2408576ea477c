"""Which activities a state took part in during the twelve months before a day, and which of them a record links with
a factor: a line of the state's plan that answers it, a recommendation on it, or expertise that was asked for it.

That something came before is all that is said: order is not cause.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from action_plan.dates import last_day
from action_plan.models import Activity, ActivityState, ExpertiseNeed, LineNeed, Recommendation
from capability.models import Factor
from common.days import today

YEAR = timedelta(days=365)
HELD = (Activity.Status.DONE, Activity.Status.UNDER_WAY)


@dataclass(frozen=True)
class Preceding:
    """`factors`: those among what moved that a record links it with."""

    activity: Activity
    factors: tuple[Factor, ...] = ()


class Before:
    """Four queries for any number of states and days."""

    def __init__(self, user: Any, asked: set[tuple[int, date]]) -> None:
        self.user = user
        self.states = {state for state, _ in asked} or {0}  # asked as often when nothing moved
        days = [day for _, day in asked] or [today()]
        self.taken_part = self._taken_part(min(days) - YEAR, max(days))
        self.links = self._links()

    def _taken_part(self, first: date, last: date) -> dict[int, list[Activity]]:
        held = Activity.objects.visible_to(self.user).filter(
            Q(ends_on=None, starts_on__gte=first - YEAR) | Q(ends_on__gte=first - YEAR),  # known to the year, at worst
            **{"status__in": HELD, "starts_on__lte": last, "starts_on__gte": first - 3 * YEAR},
        )
        rows = ActivityState.objects.visible_to(self.user).filter(state__in=self.states, activity__in=held)
        found: dict[int, list[Activity]] = defaultdict(list)
        self.lines: dict[int, list[tuple[int, int]]] = defaultdict(list)  # by line: state and activity
        for row in rows.select_related("activity").order_by("-activity__starts_on", "-activity__pk"):
            found[row.state_id].append(row.activity)
            if row.line_id:
                self.lines[row.line_id].append((row.state_id, row.activity_id))
        return found

    def _links(self) -> dict[tuple[int, int], set[int]]:
        """By state and activity: the factors."""
        links: dict[tuple[int, int], set[int]] = defaultdict(set)
        on_factor = {"state__in": self.states, "factor__isnull": False}
        needs = LineNeed.objects.visible_to(self.user).filter(line__in=set(self.lines) or {0}, **on_factor)
        for line, factor in needs.values_list("line", "factor"):
            for key in self.lines.get(line, ()):
                links[key].add(factor)
        said = Recommendation.objects.visible_to(self.user).filter(**on_factor)
        about = said.values_list("state", Coalesce("mission__activity", "exercise__activity"), "factor")
        experts = ExpertiseNeed.objects.visible_to(self.user).filter(expertise__state__in=self.states)
        asked = experts.values_list("expertise__state", "expertise__activity", "factor")
        for state, activity, factor in (*about, *asked):
            links[state, activity].add(factor)
        return links

    def of_update(self, state: int, day: date, factors: Mapping[int, Factor]) -> list[Preceding]:
        """Those linked with one of the factors first; each kind from the newest to the oldest."""
        told = [
            Preceding(activity, tuple(factors[pk] for pk in factors if pk in self.links.get((state, activity.pk), ())))
            for activity in self.taken_part.get(state, ())
            if _came_before(activity, day)
        ]
        return sorted(told, key=lambda one: not one.factors)


def _came_before(activity: Activity, day: date) -> bool:
    """Begun by that day, and some of it in the year before. What is known to the month or the year alone must be over
    by then: it may have begun on any day of it.
    """
    last = last_day(activity)
    if activity.starts_on is None or last is None or last <= day - YEAR:
        return False
    return (activity.starts_on if activity.precision == Activity.Precision.DAY else last) <= day
