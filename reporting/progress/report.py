"""What a progress report says: plain values in one language, the same for every format."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RegionLine:
    """`missing`: past the due date and not sent. `share`: of the invited those who sent, 0 to 1."""

    name: str
    invited: int
    sent: int
    on_time: int
    late: int
    missing: int
    not_due: int
    accepted: int
    in_review: int
    returned: int
    in_progress: int
    not_started: int

    @property
    def share(self) -> float:
        return self.sent / self.invited if self.invited else 0.0


@dataclass(frozen=True)
class StateLine:
    """`days` it waits, for whom in `waits_for`; `done` of `of` questions are answered; empty `change`: none."""

    code: str
    name: str
    sub_region: str
    status: str
    timeliness: str
    is_overdue: bool
    due_on: date
    is_extended: bool
    waits_for: str
    days: int | None
    reminded_on: date | None
    done: int
    of: int
    change: str


@dataclass(frozen=True)
class Group:
    sub_region: str
    states: tuple[StateLine, ...]


@dataclass(frozen=True)
class Waits:
    """Who has to do something, and for whom that is: the longest waiting first."""

    for_programme: tuple[StateLine, ...]
    for_states: tuple[StateLine, ...]


@dataclass(frozen=True)
class Progress:
    language: str
    round: str
    label: str
    audience: str
    made_on: date
    situation: str
    lead: str
    total: RegionLine
    regions: tuple[RegionLine, ...]
    groups: tuple[Group, ...]
    waits: Waits
    extensions: tuple[str, ...]
    since: str
    changes: tuple[str, ...]
    unchanged: str
    notes: tuple[str, ...]
    source: str
    is_sample: bool
