"""Activities as an iCalendar stream (RFC 5545), as one reader may read them. To be called in that reader's scope."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from action_plan.dates import last_day, zone_of
from action_plan.models import Activity, CalendarFeed
from common.icalendar import day, moment, stream, text

MOST = 2000  # of one calendar, the newest
BACK = timedelta(days=2 * 366)  # what is older is in the portal, not in everybody's calendar
STATUS = {
    "idea": "TENTATIVE",
    "planned": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "under way": "CONFIRMED",
    "done": "CONFIRMED",
    "cancelled": "CANCELLED",
}  # section 3.8.1.11


def activities_of(feed: CalendarFeed, reader: Any) -> list[Activity]:
    """What `reader` may read today of what the feed is of. What has no day is in no calendar."""
    found = Activity.objects.visible_to(reader).filter(starts_on__gte=timezone.localdate() - BACK)
    if feed.state is not None:
        found = found.of_state(feed.state, reader)
    if feed.is_own_work:
        found = found.filter(officer=feed.person_id)
    return list(found.newest_first().select_related("host_state")[:MOST])


def as_calendar(activities: Iterable[Activity], *, name: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//OAS Cyber//Activities//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]  # RFC 7986
    for activity in activities:
        lines += _event(activity)
    return stream([*lines, "END:VCALENDAR"])


def _event(activity: Activity) -> Iterator[str]:
    """Its own id for good; SEQUENCE grows with each change, so that a calendar takes the newer one."""
    host = settings.SITE_URL.split("//")[-1]
    where = ", ".join(filter(None, [activity.place or str(activity.host_state or ""), _online(activity)]))
    yield "BEGIN:VEVENT"
    yield f"UID:activity-{activity.pk}@{host}"
    yield f"DTSTAMP:{moment(activity.made_at)}"
    yield f"SEQUENCE:{activity.edited}"
    if activity.starts_on:
        yield from _when(activity, activity.starts_on)
    yield f"SUMMARY:{text(activity.title)}"
    yield f"STATUS:{STATUS[activity.status]}"
    yield f"CATEGORIES:{text(activity.get_kind_display())}"
    if where:
        yield f"LOCATION:{text(where)}"
    yield f"DESCRIPTION:{text(_description(activity))}"
    yield f"URL:{activity.address}"
    yield "END:VEVENT"


def _when(activity: Activity, first: date) -> Iterator[str]:
    """Hours as moments; without them whole days, the last one exclusive (section 3.6.1)."""
    if activity.starts_at is None:
        yield f"DTSTART;VALUE=DATE:{day(first)}"
        yield f"DTEND;VALUE=DATE:{day((last_day(activity) or first) + timedelta(days=1))}"
        yield "TRANSP:TRANSPARENT"
        return
    zone = zone_of(activity)
    yield f"DTSTART:{moment(datetime.combine(first, activity.starts_at, zone))}"
    if activity.ends_at is not None:
        yield f"DTEND:{moment(datetime.combine(activity.ends_on or first, activity.ends_at, zone))}"


def _description(activity: Activity) -> str:
    parts = [activity.get_status_display(), activity.cancelled_because, activity.about]
    if activity.precision != Activity.Precision.DAY:
        parts.insert(1, _("The exact day is not known."))
    return "\n\n".join(filter(None, parts))


def _online(activity: Activity) -> str:
    return _("Online") if activity.is_online else ""
