"""The 20 working days in which an application is answered, by the calendar of its state.

The day of sending does not count. While the application is back with the applicant the clock stands still.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from common.days import day_of, today
from csirt_network.admission.steps import BEFORE_THE_ANSWER, WORKING_DAYS, Step, Verdict
from csirt_network.models import Application, ClosedDay
from csirt_network.working_days import add_working_days, has_calendar, working_days_between


@dataclass(frozen=True)
class Clock:
    """`due_on` is None while the clock stands still; `answered_on` once the answer is given or not wanted any more."""

    used: int
    due_on: date | None
    answered_on: date | None
    has_calendar: bool
    of: int = WORKING_DAYS

    @property
    def is_paused(self) -> bool:
        return self.due_on is None and self.answered_on is None

    @property
    def left(self) -> int:
        """Below zero: so many working days late."""
        return self.of - self.used

    @property
    def is_overdue(self) -> bool:
        return self.answered_on is None and self.used > self.of

    @property
    def is_late(self) -> bool:
        return self.used > self.of


def clocks_of(applications: Iterable[Application]) -> dict[int, Clock]:
    """By application, of those that were sent; they come with their approvals (``whole()``). One query more."""
    sent = [one for one in applications if one.sent_at]
    closed = closed_days_of(sent)
    return {one.pk: _clock(one, closed.get(one.state_id, frozenset())) for one in sent}


def closed_days_of(applications: Iterable[Application]) -> dict[int, frozenset[date]]:
    """By state, besides its public holidays."""
    found: dict[int, set[date]] = {}
    states = {one.state_id for one in applications}
    for state, day in ClosedDay.objects.filter(state__in=states).values_list("state", "day"):
        found.setdefault(state, set()).add(day)
    return {state: frozenset(days) for state, days in found.items()}


def clock_of(application: Application) -> Clock | None:
    return clocks_of([application]).get(application.pk)


def _clock(application: Application, extra: frozenset[date]) -> Clock:
    iso3, day = application.state.alpha3, today()
    used, runs_from, answered_on = 0, None, None
    for starts, at in _turns(application.approvals.all()):
        if starts:
            runs_from = runs_from or day_of(at)
        elif runs_from:
            used += working_days_between(runs_from, day_of(at), iso3, extra)
            runs_from, answered_on = None, day_of(at)
    if application.stands not in BEFORE_THE_ANSWER:
        return Clock(used, None, answered_on, has_calendar(iso3))
    if runs_from is None:
        return Clock(used, None, None, has_calendar(iso3))
    due_on = add_working_days(runs_from, max(WORKING_DAYS - used, 0), iso3, extra)
    return Clock(
        used + working_days_between(runs_from, max(day, runs_from), iso3, extra), due_on, None, has_calendar(iso3)
    )


def _turns(approvals: Iterable[Any]) -> Iterable[tuple[bool, datetime]]:
    """When the clock starts, and when it stops: (starts, at)."""
    for approval in approvals:
        if approval.step == Step.SENT:
            yield True, approval.at
        elif approval.step in (Step.DECISION, Step.WITHDRAWN) or approval.verdict == Verdict.MORE:
            yield False, approval.at
