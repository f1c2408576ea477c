"""One meeting as an iCalendar file (RFC 5545)."""

from django.conf import settings
from django.utils.translation import gettext as _

from common.icalendar import moment, stream, text
from csirt_network.models import Meeting


def as_calendar(meeting: Meeting, *, address: str) -> bytes:
    """With the meeting's own id, so that a calendar which has it already changes it."""
    host = settings.SITE_URL.split("//")[-1]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OAS Cyber//Network//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:meeting-{meeting.pk}@{host}",
        f"DTSTAMP:{moment(meeting.changed_at)}",
        f"DTSTART:{moment(meeting.starts_at)}",
        f"DTEND:{moment(meeting.ends_at)}",
        f"SUMMARY:{text(_('%(group)s: %(title)s') % {'group': meeting.group, 'title': meeting.title})}",
        *([f"LOCATION:{text(meeting.place)}"] if meeting.place else []),
        f"DESCRIPTION:{text(address)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return stream(lines)
