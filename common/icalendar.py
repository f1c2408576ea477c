"""Lines of an iCalendar stream (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

MEDIA_TYPE = "text/calendar; charset=utf-8"
LONGEST = 73  # octets of a line; the next one begins with a blank (section 3.1)


def moment(at: datetime) -> str:
    """Section 3.3.5, form 2."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def day(at: date) -> str:
    """Section 3.3.4."""
    return f"{at:%Y%m%d}"


def text(words: str) -> str:
    """Section 3.3.11. A line break would begin a property of its own."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(letter for letter in lines if letter == "\n" or letter >= " ")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def stream(lines: Iterable[str]) -> bytes:
    return b"".join(_folded(line) + b"\r\n" for line in lines)


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
