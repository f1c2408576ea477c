"""The day of due dates, reminders and last days of memberships: it lasts until it is over in the westernmost state.

Whoever sends on the due date by the clock on the own wall is on time, wherever that wall is.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("Pacific/Honolulu")


def today() -> date:
    return day_of(timezone.now())


def day_of(moment: datetime) -> date:
    return timezone.localtime(moment, ZONE).date()


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, ZONE)
