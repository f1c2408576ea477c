"""When an activity is, in words, as exactly as is known (Decision 17)."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from accounts.time_zones import place
from action_plan.models import Activity

Precision = Activity.Precision


def days_of(activity: Activity) -> str:
    """9 December 2025; the week of 10 September 2012; April 2015; 2016; and from one to another."""
    first, last = activity.starts_on, activity.ends_on
    if first is None:
        return _("No date yet")
    if activity.precision == Precision.WEEK:
        return _("The week of %(day)s") % {"day": date_format(first, "DATE_FORMAT")}
    if activity.precision == Precision.MONTH:
        return _between(date_format(first, "YEAR_MONTH_FORMAT"), date_format(last, "YEAR_MONTH_FORMAT") if last else "")
    if activity.precision == Precision.YEAR:
        return _between(str(first.year), str(last.year) if last else "")
    return _between(date_format(first, "DATE_FORMAT"), date_format(last, "DATE_FORMAT") if last else "")


def hours_of(activity: Activity) -> str:
    """09:00 to 16:00, Santiago time. Nothing without hours."""
    if activity.starts_at is None:
        return ""
    zone = place(activity.time_zone) or activity.time_zone
    first = time_format(activity.starts_at, "TIME_FORMAT")
    if activity.ends_at is None:
        return _("%(first)s, %(zone)s time") % {"first": first, "zone": zone}
    last = time_format(activity.ends_at, "TIME_FORMAT")
    return _("%(first)s to %(last)s, %(zone)s time") % {"first": first, "last": last, "zone": zone}


def last_day(activity: Activity) -> date | None:
    """The last day it may mean."""
    first = activity.ends_on or activity.starts_on
    if first is None or activity.precision == Precision.DAY:
        return first
    if activity.precision == Precision.WEEK:
        return date.fromordinal(first.toordinal() + 6) if activity.ends_on is None else first
    if activity.precision == Precision.YEAR:
        return date(first.year, 12, 31)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def is_over(activity: Activity, today: date) -> bool:
    """In the zone where it takes place the day may still last: so only the day after."""
    last = last_day(activity)
    return last is not None and last < today


def zone_of(activity: Activity) -> ZoneInfo:
    return ZoneInfo(activity.time_zone or "UTC")


def _between(first: str, last: str) -> str:
    if last in ("", first):
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": last}
