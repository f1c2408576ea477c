"""When a schedule is due: local wall time in its own zone, whatever clocks do there.

A time that a zone skips (a gap in spring) is reached when the hour it lacks has passed: 02:30 becomes 03:30. A time
that comes twice (a fold in autumn) is taken the first time. A day that a month lacks becomes its last day.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from reporting.models import Schedule


def slots(schedule: Schedule, after: datetime, until: datetime) -> Iterator[datetime]:
    """Every moment (UTC) at which `schedule` is due, later than `after` and no later than `until`."""
    zone = ZoneInfo(schedule.time_zone)
    first = after.astimezone(zone).date() - timedelta(days=1)
    last = until.astimezone(zone).date() + timedelta(days=1)
    for day in _days(schedule, first, last):
        slot = _moment(datetime.combine(day, schedule.at), zone)
        if after < slot <= until:
            yield slot


def next_slot(schedule: Schedule, after: datetime) -> datetime:
    """The next moment (UTC) at which `schedule` is due."""
    return next(slots(schedule, after, after + timedelta(days=100)))


def _days(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if _is_due_on(schedule, day):
            yield day
        day += timedelta(days=1)


def _is_due_on(schedule: Schedule, day: date) -> bool:
    match schedule.every:
        case Schedule.Every.DAY:
            return True
        case Schedule.Every.WEEK:
            return day.weekday() == schedule.weekday
        case Schedule.Every.MONTH:
            return day.day == _day_of_month(schedule, day)
        case _:
            return day.month in (1, 4, 7, 10) and day.day == _day_of_month(schedule, day)


def _day_of_month(schedule: Schedule, day: date) -> int:
    return min(schedule.day or 1, monthrange(day.year, day.month)[1])


def _moment(local: datetime, zone: ZoneInfo) -> datetime:
    """`local` as a moment. In a gap the clock jumps over it: zoneinfo's first reading lands after the jump."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)
