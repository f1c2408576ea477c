"""One meeting as an iCalendar file (RFC 5545)."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from csirt_network.models import Meeting

MEDIA_TYPE = "text/calendar; charset=utf-8"
LONGEST = 73  # octets of a line; the next one begins with a blank (section 3.1)


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
        f"DTSTAMP:{_moment(meeting.changed_at)}",
        f"DTSTART:{_moment(meeting.starts_at)}",
        f"DTEND:{_moment(meeting.ends_at)}",
        f"SUMMARY:{_text(_('%(group)s: %(title)s') % {'group': meeting.group, 'title': meeting.title})}",
        *([f"LOCATION:{_text(meeting.place)}"] if meeting.place else []),
        f"DESCRIPTION:{_text(address)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Section 3.3.11. A line break would begin a property of its own."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(letter for letter in lines if letter == "\n" or letter >= " ")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Never in the middle of a letter."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > LONGEST:
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part])
