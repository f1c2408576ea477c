"""When a schedule is due, whatever the clocks of its zone do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from reporting.models import Schedule
from reporting.slots import next_slot, slots

ZONES = (
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Asuncion",
    "America/Havana",
    "America/Sao_Paulo",
    "America/Port-au-Prince",
    "UTC",
)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def daily(at, zone):
    return Schedule(every="day", at=time.fromisoformat(at), time_zone=zone)


def on(schedule, year, month, day):
    """The slots whose date, by the schedule's own clock, is this one."""
    zone = ZoneInfo(schedule.time_zone)
    around = utc(year, month, day)
    found = slots(schedule, around - timedelta(days=2), around + timedelta(days=3))
    return [slot for slot in found if slot.astimezone(zone).date() == date(year, month, day)]


@pytest.mark.parametrize(
    ("zone", "at", "day", "expected"),
    [
        # A time that is skipped in spring is made up for after the jump, once.
        ("America/New_York", "02:30", (2027, 3, 14), utc(2027, 3, 14, 7, 30)),
        ("America/St_Johns", "02:30", (2027, 3, 14), utc(2027, 3, 14, 6, 0)),
        ("America/Santiago", "00:30", (2027, 9, 5), utc(2027, 9, 5, 4, 30)),
        # A time that comes twice in autumn is taken the first time, once.
        ("America/New_York", "01:30", (2027, 11, 7), utc(2027, 11, 7, 5, 30)),
        ("America/St_Johns", "01:30", (2027, 11, 7), utc(2027, 11, 7, 4, 0)),
        ("America/Santiago", "23:30", (2027, 4, 3), utc(2027, 4, 4, 2, 30)),
        # Half an hour, and a state that left summer time in 2024.
        ("America/St_Johns", "08:00", (2027, 1, 11), utc(2027, 1, 11, 11, 30)),
        ("America/Asuncion", "08:00", (2027, 1, 11), utc(2027, 1, 11, 11, 0)),
        ("America/Asuncion", "08:00", (2027, 7, 12), utc(2027, 7, 12, 11, 0)),
        ("America/New_York", "08:00", (2027, 1, 11), utc(2027, 1, 11, 13, 0)),
        ("America/New_York", "08:00", (2027, 7, 12), utc(2027, 7, 12, 12, 0)),
    ],
)
def test_local_time_holds_through_changes_of_the_clock(zone, at, day, expected):
    assert on(daily(at, zone), *day) == [expected]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", ["00:00", "00:30", "02:30", "23:30"])
def test_five_years_have_no_gap_and_no_double(zone, at):
    schedule, start = daily(at, zone), utc(2025, 12, 31, 12)

    found = list(slots(schedule, start, start + timedelta(days=5 * 365)))

    days = [slot.astimezone(ZoneInfo(zone)).date() for slot in found]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert len(days) in (5 * 365, 5 * 365 - 1, 5 * 365 + 1)
    assert found == sorted(set(found))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (29, [(1, 29), (2, 28), (3, 29), (4, 29)]),
        (31, [(1, 31), (2, 28), (3, 31), (4, 30)]),
        (1, [(1, 1), (2, 1), (3, 1), (4, 1)]),
    ],
)
def test_a_day_that_a_month_lacks_is_its_last(day, expected):
    schedule = Schedule(every="month", day=day, at=time(8), time_zone="UTC")

    found = slots(schedule, utc(2026, 12, 31, 12), utc(2027, 4, 30, 12))

    assert [(slot.month, slot.day) for slot in found] == expected


def test_the_29th_of_february_is_kept_in_leap_years():
    schedule = Schedule(every="month", day=29, at=time(8), time_zone="UTC")

    assert next_slot(schedule, utc(2028, 2, 1)) == utc(2028, 2, 29, 8)


def test_quarters_and_weeks():
    quarter = Schedule(every="quarter", day=31, at=time(9), time_zone="UTC")
    week = Schedule(every="week", weekday=0, at=time(9), time_zone="UTC")

    assert list(slots(quarter, utc(2027, 1, 1), utc(2027, 12, 31))) == [
        utc(2027, 1, 31, 9),
        utc(2027, 4, 30, 9),
        utc(2027, 7, 31, 9),
        utc(2027, 10, 31, 9),
    ]
    assert next_slot(week, utc(2026, 11, 21)) == utc(2026, 11, 23, 9)
    assert next_slot(week, utc(2026, 11, 23, 9)) == utc(2026, 11, 30, 9)


def test_windows_that_follow_each_other_share_nothing_and_lose_nothing():
    schedule = daily("02:30", "America/New_York")
    marks = [utc(2027, 3, 10) + timedelta(hours=7 * n) for n in range(40)]

    pieces = [slot for a, b in pairwise(marks) for slot in slots(schedule, a, b)]

    assert pieces == list(slots(schedule, marks[0], marks[-1]))
