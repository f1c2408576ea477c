"""What was said of one section, time after time: by the state in its accepted updates, and by public sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from capability.fact_rows import FactRow, known_facts, rows_of
from capability.models import Answer
from capability.models.facts import Fact
from common.partial_dates import in_words
from documents.models import Source
from member_states.models import MemberState

NOT_DATED = ""
Facts = dict[str, Any]


@dataclass(frozen=True)
class Statement:
    """`at` is as exact as the source. `answer` is the state's own; without it, `source` said it."""

    at: str
    title: str
    facts: Facts
    answer: Answer | None = None
    source: Source | None = None
    note: str = ""

    @property
    def when(self) -> str:
        return in_words(self.at)


@dataclass(frozen=True)
class Said:
    """A statement and what it says of each thing; `before` where the statement before said otherwise."""

    statement: Statement
    rows: list[FactRow]
    is_first: bool

    @property
    def changes(self) -> list[FactRow]:
        return [row for row in self.rows if row.is_changed]

    @property
    def lines(self) -> list[FactRow]:
        return [row for row in self.rows if row.after]

    @property
    def text(self) -> str:
        return self.statement.answer.text if self.statement.answer else ""


def answers_to(user: Any, state: MemberState, question: str) -> list[Answer]:
    """As far as the state shares them, the oldest first. One query."""
    said = Answer.objects.visible_to(user).filter(state=state, question=question, is_accepted=True)
    return list(said.select_related("update__round").order_by("update__accepted_at", "pk"))


def statements(
    answers: Iterable[Answer], reported: Iterable[Fact] = (), names: tuple[str, ...] = ()
) -> list[Statement]:
    """The oldest first; what has no date stands before all."""
    found = [*(_of_state(answer) for answer in answers), *(_of_source(fact, names) for fact in reported)]
    return sorted(found, key=lambda statement: statement.at)


def history(question: str, said: list[Statement]) -> list[Said]:
    """The newest first, each compared with the one before."""
    before: list[Facts] = [{}, *(statement.facts for statement in said)]
    lines = [
        Said(statement, rows_of(question, earlier, statement.facts), is_first=place == 0)
        for place, (statement, earlier) in enumerate(zip(said, before, strict=False))
    ]
    return lines[::-1]


def csv_rows(lines: list[Said]) -> Iterator[tuple[str, ...]]:
    """One row for each thing that was said, the newest statement first."""
    yield gettext("Date"), gettext("Said by the state"), gettext("Update or source"), gettext("What"), gettext("Said")
    for line in lines:
        said = line.statement
        own = gettext("Yes") if said.answer else gettext("No")
        nothing = [FactRow("", "", "")] if not line.lines else []
        for row in [*line.lines, *nothing]:
            yield said.at, own, said.title, row.label, row.after
        if line.text:
            yield said.at, own, said.title, gettext("What changed"), line.text


def _of_state(answer: Answer) -> Statement:
    update: Any = answer.update
    accepted = update.accepted_at if update else None
    at = localtime(accepted).date().isoformat() if accepted else NOT_DATED
    title = update.round.title if update and update.round else gettext("An accepted update")
    return Statement(at, title, answer.facts, answer=answer)


def _of_source(fact: Fact, names: tuple[str, ...]) -> Statement:
    title = fact.source.title if fact.source else gettext("A public source")
    return Statement(fact.as_of, title, known_facts(fact, names), source=fact.source, note=fact.source_note)
