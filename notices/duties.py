"""What waits for a person, in all the house. Each app registers its own in ``AppConfig.ready``:

    duty_kind(
        "update to review",
        heading=_("Updates to review"),
        verb=_("Review"),
        find=updates_to_review,
        mails=("review assigned", "update waiting"),
    )

``find(person)`` runs in the reach of the person and returns what waits as Duty: rows by ``visible_to(person)``,
narrowed by the rule of the page that they lead to, so that nobody is sent to a page that refuses them. It asks a fixed
number of queries, however much waits, and none of those whom the kind never concerns; `MOST` + 1 rows are enough.

`mails` are the kinds of mail that ask for the same. Every mail that cannot be switched off (notices/kinds.py) is named
by a kind of duty, or by `tests/notices/test_duties.py` with the reason why nothing waits after it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from common.days import today

Words = str | Promise
MOST = 20  # of one kind; the page says when there is more, and where
LAST = date.max


@dataclass(frozen=True)
class Duty:
    """One thing that waits. `what` it is, as the reader may know it, and `link`, where it is done.

    `due_on` is a date that somebody set; `since` is when it came, and orders what has no date. `note` is a sentence.
    """

    what: str
    link: str
    state: Any = None
    due_on: date | None = None
    since: date | None = None
    note: Words = ""
    tlp: str = ""

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < today()

    @property
    def urgency(self) -> tuple[date, date]:
        """What is due first, then what waits longest."""
        return self.due_on or LAST, self.since or LAST


@dataclass(frozen=True)
class DutyKind:
    name: str
    heading: Words
    verb: Words
    find: Callable[[Any], Iterable[Duty]]
    mails: tuple[str, ...] = ()
    page: str = ""

    @property
    def url(self) -> str:
        return reverse(self.page) if self.page else ""


@dataclass(frozen=True)
class Waiting:
    """What waits of one kind, the most urgent first; `has_more`: there are more than are shown."""

    kind: DutyKind
    duties: Sequence[Duty]
    has_more: bool

    @property
    def urgency(self) -> tuple[date, date]:
        return self.duties[0].urgency

    @property
    def has_states(self) -> bool:
        return any(duty.state for duty in self.duties)


@dataclass(frozen=True)
class Turn:
    """All that waits for one person, the kind with the most urgent first."""

    groups: Sequence[Waiting]

    @property
    def count(self) -> int:
        return sum(len(group.duties) for group in self.groups)

    @property
    def late(self) -> int:
        return sum(duty.is_late for group in self.groups for duty in group.duties)

    @property
    def has_more(self) -> bool:
        return any(group.has_more for group in self.groups)


_kinds: dict[str, DutyKind] = {}


def duty_kind(
    name: str,
    *,
    heading: Words,
    verb: Words,
    find: Callable[[Any], Iterable[Duty]],
    mails: Iterable[str] = (),
    page: str = "",
) -> None:
    """`verb` is what the person does, in a few words. `page` is the route of the list that holds all of these."""
    _kinds[name] = DutyKind(name, heading, verb, find, tuple(mails), page)


def known() -> list[DutyKind]:
    """In the order of registration."""
    return list(_kinds.values())


def turn_of(person: Any) -> Turn:
    """In the scope of the person."""
    groups = [group for kind in known() if (group := _waiting(kind, person)) is not None]
    return Turn(sorted(groups, key=lambda group: group.urgency))


def _waiting(kind: DutyKind, person: Any) -> Waiting | None:
    found = sorted(kind.find(person), key=lambda duty: duty.urgency)
    return Waiting(kind, found[:MOST], len(found) > MOST) if found else None
