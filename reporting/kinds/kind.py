"""What a kind of report is to the rest of the house."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.functional import Promise

if TYPE_CHECKING:
    from reporting.models import Run, Schedule

Words = str | Promise


class Subject(NamedTuple):
    """What one run is about, as its kind has it: a state, a round, some months, an agreement; else the network
    or the region."""

    state_id: int | None = None
    round_id: int | None = None
    sub_region: str = ""
    first_on: date | None = None
    last_on: date | None = None
    agreement_id: int | None = None


@dataclass(frozen=True)
class ReadyMade:
    """A schedule to switch on. `to_me`: goes to whoever switches it on."""

    key: str
    title: Words
    text: Words
    timing: Mapping[str, Any]
    to_liaisons: bool
    to_me: bool
    own_language_only: bool = False
    to_representatives: bool = False


@dataclass(frozen=True)
class ReportKind:
    """`code` is stored (`reporting.models.Kind`) and stands in addresses as `slug`.

    asks       the fields of a schedule's form that only some kinds have: "states", "area", "period", "to_liaisons",
               "to_representatives"
    asks_now   the field of the form that makes one now: "states", "rounds", "agreements" or "area" (with "period");
               empty where there is nothing to choose
    due        what a schedule owes at each of its slots; one query at most
    gather     reads everything once, and returns what words it in one language
    writers    by extension, what makes a file of the worded report
    what       the first sentence of a schedule and its states
    suggests   what a new schedule's form begins with
    every      how often a schedule of it may make it; empty where that is free
    mail       the kind of mail that tells its readers (reporting/mails.py)
    """

    code: str
    title: Words
    text: Words
    about_making: Words
    asks: frozenset[str]
    asks_now: str
    due: Callable[["Schedule", Sequence[datetime]], Iterable[tuple[datetime, Subject]]]
    gather: Callable[["Run"], Callable[[str], Any]]
    writers: Mapping[str, Callable[[Any], bytes]]
    what: Callable[["Schedule", Sequence[Any]], str]
    mail: str
    mail_template: str
    suggests: Mapping[str, Any]
    ready_made: tuple[ReadyMade, ...] = field(default=())
    every: tuple[str, ...] = field(default=())

    @property
    def slug(self) -> str:
        return self.code.replace(" ", "-")

    @property
    def is_made_by_its_form(self) -> bool:
        """The form of a schedule says all that making one now needs."""
        return self.asks_now in self.asks

    @property
    def is_of_a_time(self) -> bool:
        """Of a month, a quarter or some months: one made later is of others."""
        return self.asks_now not in {"states", "rounds", "agreements"}

    @property
    def is_about_states(self) -> bool:
        return "states" in self.asks
