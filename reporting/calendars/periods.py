"""Which months a calendar is of, counted from the day it is due."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


class Period(TextChoices):
    MONTH = "month", _("the month it is made in")
    NEXT = "next month", _("the month after")
    THREE = "3 months", _("three months, from the one it is made in")
    TWELVE = "12 months", _("twelve months, from the one it is made in")
    YEAR = "year", _("the whole calendar year")
    LAST = "last month", _("the month before")


class Months(NamedTuple):
    """From the first day of a month to the last of the same or a later one."""

    first: date
    last: date

    @property
    def in_words(self) -> str:
        first, last = (date_format(day, "YEAR_MONTH_FORMAT") for day in self)
        return first if first == last else pgettext("months", "%(first)s to %(last)s") % {"first": first, "last": last}


SPANS = {"month": (0, 1), "next month": (1, 1), "3 months": (0, 3), "12 months": (0, 12), "last month": (-1, 1)}


def months_of(period: str, day: date) -> Months:
    first, length = (day.replace(month=1), 12) if period == Period.YEAR else (_later(day, SPANS[period][0]), 0)
    length = length or SPANS[period][1]
    return Months(first.replace(day=1), _later(first, length) - timedelta(days=1))


def _later(day: date, months: int) -> date:
    """The first day of a month so many months later."""
    counted = day.year * 12 + day.month - 1 + months
    return date(counted // 12, counted % 12 + 1, 1)
