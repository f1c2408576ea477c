"""All that a state had accepted, thing by thing in words, each with what every audience sees of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext

from capability.actions.sharing import FACTS
from capability.audiences import Keys, Sight
from capability.models import Answer, Evidence, Update
from capability.models.facts import Fact
from capability.questions import CSIRT, REQUESTS, STRATEGY, THREATS
from documents.models import File
from member_states.models import Liaison, MemberState


@dataclass(frozen=True)
class Cell:
    """Of so many rows (`of`) an audience sees `now`, and `then`."""

    label: str
    now: int
    then: int
    of: int

    @property
    def look(self) -> str:
        if self.now < self.then:
            return "new"
        if self.now > self.then:
            return "gone"
        return "no" if not self.then else "yes" if self.then == self.of else "part"


@dataclass(frozen=True)
class Item:
    label: str
    keys: Keys
    stage: int | None = None
    text: str = ""

    def cell(self, sight: Sight) -> Cell:
        keys = self.keys
        return Cell(sight.audience.label, len(keys & sight.now), len(keys & sight.then), len(keys))


@dataclass(frozen=True)
class Line:
    item: Item
    cells: list[Cell]


@dataclass(frozen=True)
class Group:
    """Its cells count things, not rows: a thing that is seen in part is seen."""

    title: str
    lines: list[Line]
    cells: list[Cell]


@dataclass(frozen=True)
class Change:
    """What a choice would do for one audience, in things."""

    audience: str
    appears: int
    goes: int
    then: int


class SharedItems:
    """As far as `user` may see them: the state's own liaisons and staff see all. The same queries for any number."""

    def __init__(self, user: Any, state: MemberState, sights: list[Sight]) -> None:
        self.user, self.state, self.sights = user, state, sights

    @cached_property
    def groups(self) -> list[Group]:
        return [self._group(title, items) for title, items in self._named() if items]

    @property
    def changes(self) -> list[Change]:
        """For each audience."""
        found = []
        for place, sight in enumerate(self.sights):
            cells = [line.cells[place] for group in self.groups for line in group.lines]
            appears, goes = (sum(cell.look == look for cell in cells) for look in ("new", "gone"))
            found.append(Change(sight.audience.label, appears, goes, sum(cell.then > 0 for cell in cells)))
        return found

    @property
    def is_changed(self) -> bool:
        return any(change.appears or change.goes for change in self.changes)

    def _group(self, title: str, items: list[Item]) -> Group:
        lines = [Line(item, [item.cell(sight) for sight in self.sights]) for item in items]
        columns = zip(*(line.cells for line in lines), strict=True)
        return Group(title, lines, [_counted(cells) for cells in columns])

    def _named(self) -> Iterator[tuple[str, list[Item]]]:
        accepted = Answer.objects.visible_to(self.user).filter(state=self.state, is_accepted=True)
        answers = list(accepted.select_related("indicator__factor__dimension").defer("facts").order_by("pk"))
        facts = [fact for model in FACTS for fact in self._facts(model)]
        yield from _by_dimension(answer for answer in answers if answer.is_current and answer.update_id in self._rounds)
        yield from _by_kind(fact for fact in facts if fact.is_current or not fact.is_confirmed)
        yield gettext("Evidence"), self._evidence()
        yield gettext("People"), self._people()
        yield gettext("The four other sections as you sent them"), list(_sections(self._current(answers)))
        yield gettext("Accepted updates with their date, and earlier answers"), list(self._earlier(answers, facts))

    @cached_property
    def _updates(self) -> list[Update]:
        accepted = Update.objects.visible_to(self.user).accepted().filter(state=self.state)
        return list(accepted.select_related("round", "edition").order_by("-accepted_at", "-pk"))

    @cached_property
    def _rounds(self) -> set[int]:
        return {update.pk for update in self._updates if update.round_id}

    def _current(self, answers: list[Answer]) -> list[Answer]:
        return [answer for answer in answers if answer.is_current and answer.indicator is None]

    def _facts(self, model: Any) -> list[Fact]:
        rows = model._default_manager.visible_to(self.user).filter(state=self.state)
        related = {"threat"} & {field.name for field in model._meta.fields}
        return list(rows.select_related(*related) if related else rows)

    def _evidence(self) -> list[Item]:
        proofs = Evidence.objects.visible_to(self.user).filter(state=self.state, answer__is_accepted=True)
        return [Item(proof.title, _keys([proof]) | _file_of(proof)) for proof in proofs]

    def _people(self) -> list[Item]:
        liaisons = Liaison.objects.visible_to(self.user).current().filter(state=self.state).select_related("person")
        return [Item(one.person.name, _keys([one]), text=one.get_kind_display()) for one in liaisons]

    def _earlier(self, answers: list[Answer], facts: list[Fact]) -> Iterator[Item]:
        """Each accepted update: that it was accepted, and what of it later ones have replaced."""
        for update in self._updates:
            replaced = [
                row for row in answers if row.update_id == update.pk and not (row.is_current and update.round_id)
            ]
            said = [fact for fact in facts if fact.update_id == update.pk and not fact.is_current]
            label = (
                update.round.title
                if update.round
                else gettext("Published levels: %(edition)s") % {"edition": update.edition}
            )
            yield Item(label, _keys([update, *replaced, *said]))


def _keys(rows: Iterable[Any]) -> Keys:
    return frozenset((row._meta.label_lower, row.pk) for row in rows)


def _file_of(proof: Evidence) -> Keys:
    return frozenset({(File._meta.label_lower, proof.file_id)} if proof.file_id else ())


def _counted(cells: Iterable[Cell]) -> Cell:
    counted = list(cells)
    now, then = (sum(getattr(cell, when) > 0 for cell in counted) for when in ("now", "then"))
    return Cell(counted[0].label, now, then, len(counted))


def _by_dimension(answers: Iterable[Answer]) -> Iterator[tuple[str, list[Item]]]:
    found: dict[Any, list[Answer]] = {}
    for answer in answers:
        if answer.indicator:
            found.setdefault(answer.indicator.factor.dimension, []).append(answer)
    for dimension in sorted(found, key=lambda dimension: dimension.position):
        rows = sorted(found[dimension], key=lambda row: row.indicator.number if row.indicator else 0)
        yield dimension.name, [_answered(row) for row in rows]


def _answered(answer: Answer) -> Item:
    name = answer.indicator.factor.name if answer.indicator else answer.question
    return Item(name, _keys([answer]), answer.stage, answer.text)


def _by_kind(facts: Iterable[Fact]) -> Iterator[tuple[str, list[Item]]]:
    found: dict[str, list[Item]] = {}
    for fact in facts:
        text = "" if fact.is_confirmed else gettext("Reported by a public source")
        found.setdefault(capfirst(str(fact._meta.verbose_name_plural)), []).append(
            Item(str(fact), _keys([fact]), text=text)
        )
    yield from found.items()


def _sections(answers: Iterable[Answer]) -> Iterator[Item]:
    titles = {
        CSIRT: gettext("CSIRT status"),
        STRATEGY: gettext("National strategy"),
        THREATS: gettext("Threats"),
        REQUESTS: gettext("Requests for support"),
    }
    for answer in answers:
        yield Item(titles.get(answer.question, answer.question), _keys([answer]), text=answer.text)
