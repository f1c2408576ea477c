"""Working days of each member state: neither Saturday nor Sunday, nor a national public holiday.

The calendars come from the library `holidays`. Where it has none (`has_calendar` is False) only weekends count, and the
page says so; days a state closes besides are given as `extra`.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

from holidays import country_holidays, list_supported_countries

ONE_DAY = timedelta(days=1)
SATURDAY = 5
MOST = 1000


@cache
def has_calendar(iso3: str) -> bool:
    return iso3 in list_supported_countries(include_aliases=True)


@lru_cache(maxsize=256)
def holidays_of(iso3: str, year: int) -> Mapping[date, str]:
    """The national public holidays of a year with their names in the country's own language."""
    if not has_calendar(iso3):
        return {}
    return dict(sorted(country_holidays(iso3, years=year).items()))


def is_working_day(day: date, iso3: str, extra: frozenset[date] = frozenset()) -> bool:
    return day.weekday() < SATURDAY and day not in extra and day not in holidays_of(iso3, day.year)


def add_working_days(day: date, count: int, iso3: str, extra: frozenset[date] = frozenset()) -> date:
    """The `count`-th working day after `day`, which itself does not count: a Friday and 1 give Monday."""
    if not 0 <= count <= MOST:
        raise ValueError(f"{count} is no number of working days between 0 and {MOST}.")
    while count:
        day += ONE_DAY
        count -= is_working_day(day, iso3, extra)
    return day


def working_days_between(start: date, end: date, iso3: str, extra: frozenset[date] = frozenset()) -> int:
    """How many working days come after `start`, up to and with `end`; below zero when `end` is the earlier."""
    if end < start:
        return -working_days_between(end, start, iso3, extra)
    days = (start + timedelta(days=after) for after in range(1, (end - start).days + 1))
    return sum(is_working_day(day, iso3, extra) for day in days)
