"""Dates as sources give them: a year, a year and a month, or a day."""

import re
from calendar import monthrange
from datetime import date

from django.utils.formats import date_format

PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def first_day(partial: str) -> date | None:
    """The first day it may mean; None for what is no date."""
    if not PARTIAL.fullmatch(partial):
        return None
    try:
        return date.fromisoformat(f"{partial}-01-01"[:10])
    except ValueError:
        return None


def last_day(partial: str) -> date | None:
    """The last day it may mean; None for what is no date."""
    first = first_day(partial)
    if first is None or len(partial) == 10:
        return first
    month = first.month if len(partial) == 7 else 12
    return date(first.year, month, monthrange(first.year, month)[1])


def is_day(partial: str) -> bool:
    return len(partial) == 10 and first_day(partial) is not None


def in_words(partial: str) -> str:
    """2019, May 2019 or 3 May 2019; what is no date is shown as it stands."""
    day = first_day(partial)
    if day is None or len(partial) == 4:
        return partial
    return date_format(day, "YEAR_MONTH_FORMAT" if len(partial) == 7 else "DATE_FORMAT")
