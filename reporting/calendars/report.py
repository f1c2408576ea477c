"""What a calendar says: plain values in one language, the same for every format."""

from dataclasses import dataclass
from datetime import date

from reporting.briefs.brief import SourceLine


@dataclass(frozen=True)
class Entry:
    """`when` as exactly as is known, `hours` with the zone of the place; none of them is known of a day alone."""

    when: str
    hours: str
    starts_on: date
    ends_on: date | None
    kind: str
    point: str
    title: str
    place: str
    is_online: bool
    states: tuple[str, ...]
    status: str
    reference: str
    address: str


@dataclass(frozen=True)
class MonthPart:
    """What begins in a month; in the first also what had begun before."""

    first: date
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class ActivityCalendar:
    language: str
    area: str
    period: str
    label: str
    audience: str
    made_on: date
    situation: str
    lead: str
    months: tuple[MonthPart, ...]
    notes: tuple[str, ...]
    source: str
    sources: tuple[SourceLine, ...]
    is_sample: bool
