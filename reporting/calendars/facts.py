"""What a calendar is made of, read once in the reach of its readers.

Of one state it holds what that state may read, for its liaisons and staff; of the region or a part of it what the
programme knows, for staff alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from action_plan.models import Activity, ActivityState
from action_plan.querysets.activities import LONGEST_DAYS, ActivityQuerySet
from common.scope import PROGRAMME, Reach, scope
from member_states.models import MemberState
from reporting.briefs.known import StateReader
from reporting.calendars.periods import Months
from reporting.progress.facts import ProgrammeReader

if TYPE_CHECKING:
    from reporting.models import Run

MOST = 1000
Precision = Activity.Precision


@dataclass(frozen=True)
class CalendarFacts:
    """`state`, or else `sub_region`, or else all. Each activity has `shown_states`."""

    state: MemberState | None
    sub_region: str
    months: Months
    as_of: datetime
    activities: tuple[Any, ...]
    is_cut: bool


def facts_of(run: "Run") -> CalendarFacts:
    """The same number of queries, however much is planned."""
    reader: Any = StateReader(Reach(states=(run.state_id,))) if run.state_id else ProgrammeReader()
    months: Any = run.months
    with scope(reader.reach if run.state_id else PROGRAMME, read_only=True):
        found = _found(reader, run, months)
    as_of = run.as_of or timezone.now()
    return CalendarFacts(run.state, run.sub_region, months, as_of, found[:MOST], len(found) > MOST)


def _found(reader: Any, run: "Run", months: Months) -> tuple[Any, ...]:
    taking_part = ActivityState.objects.visible_to(reader)
    activities = Activity.objects.visible_to(reader).filter(within(months))
    if run.state_id:
        activities = _of(activities, taking_part, Q(pk=run.state_id))
    elif run.sub_region:
        activities = _of(activities, taking_part, Q(sub_region=run.sub_region))
    named = taking_part.select_related("state")
    shown = activities.select_related("host_state", "source").prefetch_related(
        Prefetch("taking_part", named, to_attr="shown_states")
    )
    return tuple(shown.order_by("starts_on", "starts_at", "pk")[: MOST + 1])


def _of(activities: ActivityQuerySet, taking_part: Any, which: Q) -> ActivityQuerySet:
    """In which one of these states takes part, or where it takes place."""
    states = MemberState.objects.filter(which).values("pk")
    rows = taking_part.filter(activity=OuterRef("pk"), state__in=states)
    return activities.filter(Q(Exists(rows)) | Q(host_state__in=states))


def within(months: Months) -> Q:
    """That touch these months, on the days they may mean where a source states no more than a week, month or year."""
    first, last = months
    begun = Q(starts_on__lte=last, starts_on__gte=first - timedelta(days=LONGEST_DAYS))
    in_a_week = Q(precision=Precision.WEEK, ends_on=None, starts_on__gte=first - timedelta(days=6))
    in_a_year = Q(precision=Precision.YEAR) & _since(first.replace(month=1))
    return begun & (_since(first) | in_a_week | in_a_year)


def _since(day: date) -> Q:
    return Q(ends_on__gte=day) | Q(ends_on=None, starts_on__gte=day)
