"""The quarter that a report is of, and what lies before and after it."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from reporting.calendars.periods import Months

if TYPE_CHECKING:
    from reporting.models import Run

AHEAD = timedelta(days=183)


class Quarter(NamedTuple):
    """From the first day of its first month up to the first day of the quarter after."""

    first: date
    end: date

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def before(self) -> "Quarter":
        return Quarter(_later(self.first, -3), self.first)

    @property
    def months(self) -> Months:
        return Months(self.first, self.last)

    @property
    def in_words(self) -> str:
        return self.months.in_words

    def after(self, today: date) -> Months:
        """What follows it, and half a year from today."""
        return Months(self.end, max(self.end, today) + AHEAD)


def quarter_of(run: "Run") -> Quarter:
    """The whole quarter before the slot, by the clock of the schedule."""
    zone = ZoneInfo(run.schedule.time_zone) if run.schedule else UTC
    day = run.slot.astimezone(zone).date()
    end = date(day.year, day.month - (day.month - 1) % 3, 1)
    return Quarter(_later(end, -3), end)


def begins(day: date) -> datetime:
    """Alerts are counted by days in UTC, as the figures of the network count them."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _later(day: date, months: int) -> date:
    counted = day.year * 12 + day.month - 1 + months
    return date(counted // 12, counted % 12 + 1, 1)
