"""The clock of a reply: working days by the calendar of the state, its closed days left out (as for admissions)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from common.days import today
from correspondence.models import Note
from correspondence.purposes import WITH_CLOCK, Status
from csirt_network.models import ClosedDay
from csirt_network.working_days import add_working_days, has_calendar, working_days_between
from member_states.models import MemberState


@dataclass(frozen=True)
class Clock:
    """`left` are working days; below zero it is so many days late. It stands still once there is an answer."""

    due_on: date
    left: int
    runs: bool
    has_calendar: bool

    @property
    def is_overdue(self) -> bool:
        return self.runs and self.left < 0

    @property
    def late(self) -> int:
        return max(-self.left, 0)


def due_on(state: Any, day: date, working_days: int) -> date:
    return add_working_days(day, working_days, state.alpha3, _closed([state.pk]).get(state.pk, frozenset()))


def working_days_until(days: Mapping[MemberState, date]) -> dict[MemberState, int]:
    """From today on, by the calendar of each state. One query."""
    closed = _closed(state.pk for state in days)
    extra: frozenset[date] = frozenset()
    return {
        state: working_days_between(today(), day, state.alpha3, closed.get(state.pk, extra))
        for state, day in days.items()
    }


def clocks_of(notes: Iterable[Note]) -> dict[int, Clock]:
    """By note, of those that ask for a reply; they come with their state. One query."""
    asked = [note for note in notes if note.reply_due_on and note.issued_on]
    closed = _closed({note.state_id for note in asked})
    return {note.pk: _clock(note, closed.get(note.state_id, frozenset())) for note in asked}


def _clock(note: Note, extra: frozenset[date]) -> Clock:
    iso3, due = note.state.alpha3, note.reply_due_on
    if due is None:
        raise ValueError(f"Note {note.pk} asks for no reply.")
    until = (note.status == Status.ANSWERED and note.replied_on) or today()
    left = working_days_between(until, due, iso3, extra)
    if left == 0 and until > due:
        left = -1  # a weekend has passed since, and it is late all the same
    return Clock(due, left, note.status in WITH_CLOCK, has_calendar(iso3))


def _closed(states: Iterable[int]) -> dict[int, frozenset[date]]:
    found: dict[int, set[date]] = {}
    for state, day in ClosedDay.objects.filter(state__in=list(states)).values_list("state", "day"):
        found.setdefault(state, set()).add(day)
    return {state: frozenset(days) for state, days in found.items()}
