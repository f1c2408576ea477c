"""What the programme did in the quarter, what follows, and whom it reached, as far as all member states read of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q

from action_plan.models import Activity, ActivityState, ParticipantCount
from action_plan.querysets.activities import GENDERS
from capability.models import SupportRequest
from reporting.calendars.facts import within
from reporting.dashboards.points import SevenPoints
from reporting.glance.quarters import Quarter

MOST = 300  # activities by name


@dataclass(frozen=True)
class Done:
    """Activities whose last day lies in a quarter, so that each counts in one quarter alone. `reached`: states."""

    activities: dict[int | None, int]  # by point
    reached: dict[int | None, set[int]]  # by point
    people: dict[str, tuple[int, ...]]  # by sector, in the order of GENDERS

    @property
    def number(self) -> int:
        return sum(self.activities.values())

    @property
    def states(self) -> set[int]:
        return set().union(*self.reached.values())

    @property
    def participants(self) -> int:
        return sum(sum(figures) for figures in self.people.values())


@dataclass(frozen=True)
class Work:
    """`asked`: by point, the states that share a request for it. `coming` counts as the region's page does."""

    activities: tuple[Any, ...]
    after: tuple[Any, ...]
    is_cut: bool
    done: Done
    done_before: Done
    coming: dict[int, int]
    asked: dict[int, set[int]]


def work_of(reader: Any, quarter: Quarter, today: date) -> Work:
    activities, after = _named(reader, quarter.months), _named(reader, quarter.after(today))
    return Work(
        activities=activities[:MOST],
        after=after[:MOST],
        is_cut=max(len(activities), len(after)) > MOST,
        done=_done(reader, quarter),
        done_before=_done(reader, quarter.before),
        coming={row.point: row.activities for row in SevenPoints(reader).rows},
        asked=_grouped(SupportRequest.objects.visible_to(reader).current().values_list("point", "state")),
    )


def _named(reader: Any, months: Any) -> tuple[Any, ...]:
    found: Any = Activity.objects.visible_to(reader).filter(within(months)).exclude(status="cancelled")
    states = Prefetch("taking_part", ActivityState.objects.visible_to(reader).select_related("state"), "shown_states")
    shown = found.with_figures().select_related("host_state", "source").prefetch_related(states)
    return tuple(shown.order_by("starts_on", "starts_at", "pk")[: MOST + 1])


def _done(reader: Any, quarter: Quarter) -> Done:
    days = (quarter.first, quarter.last)
    last_day = Q(ends_on__range=days) | Q(ends_on=None, starts_on__range=days)
    done = Activity.objects.visible_to(reader).filter(last_day, status="done")
    of_done = {"activity__in": done.values("pk")}
    states = ActivityState.objects.visible_to(reader).filter(**of_done)
    sums = ParticipantCount.objects.visible_to(reader).filter(**of_done).summed("sector")
    return Done(
        activities=dict(done.order_by().values_list("point").annotate(Count("pk"))),
        reached=_grouped(states.order_by().values_list("activity__point", "state")),
        people={row["sector"]: tuple(row[gender] for gender in GENDERS) for row in sums},
    )


def _grouped(pairs: Iterable[tuple[Any, int]]) -> dict[Any, set[int]]:
    found: dict[Any, set[int]] = {}
    for key, state in pairs:
        found.setdefault(key, set()).add(state)
    return found
