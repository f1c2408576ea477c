"""A month of activities, as weeks of days: what a calendar on paper shows."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import get_format

from action_plan.dates import last_day
from action_plan.models import Activity

MOST = 400  # activities on one page
LONG = 14  # days
FIRST, LAST = date(1990, 1, 1), date(2199, 12, 1)


@dataclass(frozen=True)
class Day:
    day: date
    is_in_month: bool
    is_today: bool
    activities: list[Activity]


class Month:
    """`found` are the activities to choose from; two queries, however long the month."""

    def __init__(self, first: date, found: Any) -> None:
        self.first = first
        self.last = _next(first) - timedelta(days=1)
        touching = found.between(first, self.last).order_by("starts_on", "pk")
        shown = list(touching[: MOST + 1])
        self.is_cut = len(shown) > MOST
        exact = [one for one in shown[:MOST] if _is_of_days(one)]
        self.beside = [one for one in shown[:MOST] if not _is_of_days(one)]
        self.weeks = [self._week(week, exact) for week in _weeks(first)]
        self.is_empty = not shown

    @property
    def previous(self) -> date:
        return max((self.first - timedelta(days=1)).replace(day=1), FIRST)

    @property
    def following(self) -> date:
        return min(_next(self.first), LAST)

    @property
    def days(self) -> list[date]:
        """Of the first week, for the names of the columns."""
        return [day.day for day in self.weeks[0]]

    def _week(self, week: list[date], activities: list[Activity]) -> list[Day]:
        today = timezone.localdate()
        return [Day(day, self.first <= day <= self.last, day == today, _on(day, activities)) for day in week]


def month_of(text: str) -> date | None:
    """2026-11; None for what is no month, or too far away for a calendar."""
    year, dash, month = text.partition("-")
    if not (dash and year.isascii() and year.isdecimal() and len(year) == 4 and month.isascii() and month.isdecimal()):
        return None
    if not 1 <= int(month) <= 12 or len(month) != 2:
        return None
    first = date(int(year), int(month), 1) if int(year) else FIRST
    return first if FIRST <= first <= LAST else None


def _is_of_days(activity: Activity) -> bool:
    """What lasts for weeks, or has no exact day, would stand in every cell: it is named beside the days."""
    lasts = (activity.ends_on - activity.starts_on).days if activity.ends_on and activity.starts_on else 0
    return activity.precision == Activity.Precision.DAY and lasts < LONG


def _on(day: date, activities: list[Activity]) -> list[Activity]:
    return [one for one in activities if one.starts_on and one.starts_on <= day <= (last_day(one) or one.starts_on)]


def _weeks(first: date) -> list[list[date]]:
    """Whole weeks, beginning as the reader's language has it."""
    begins = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7  # Django counts from Sunday, Python from Monday
    return calendar.Calendar(begins).monthdatescalendar(first.year, first.month)


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
