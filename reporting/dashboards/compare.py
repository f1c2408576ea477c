"""One state beside its own past, the region, its sub-region, and states that share with the reader."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from capability import regional
from capability.maturity import FactorStage, Stages, factor_stages, one_decimal, score
from capability.models import Answer, Dimension, Factor, Update
from member_states.models import MemberState
from reporting.dashboards.history import History

MOST_STATES = 4
MOST_PASTS = 4
Number = Decimal | int | None


@dataclass(frozen=True)
class Value:
    """`is_crossed`: read from the levels of an earlier edition."""

    number: Number
    is_crossed: bool = False


@dataclass(frozen=True)
class Column:
    """What a state is held against: its own past, a figure of many states, or one other state."""

    key: str
    label: str
    stages: Stages
    means: dict[str, Decimal | None] | None = None  # of figures: given, never counted here
    is_figure: bool = False
    is_past: bool = False

    def of_factor(self, factor: Factor) -> Value:
        found = self.stages.get(factor.pk)
        return Value(found.stage, found.is_crossed) if found else Value(None)

    def of_dimension(self, dimension: Dimension, factors: list[Factor]) -> Value:
        if self.is_figure:
            return Value((self.means or {}).get(dimension.code))
        known = [factor.pk for factor in factors]
        crossed = any(self.stages[pk].is_crossed for pk in known if pk in self.stages)
        return Value(one_decimal(score(self.stages, known)), crossed)


@dataclass(frozen=True)
class Line:
    label: str
    code: str
    now: Value
    values: list[tuple[Column, Value]]
    is_dimension: bool = False

    def value(self, key: str) -> Number:
        return next((value.number for column, value in self.values if column.key == key), None)

    @property
    def past(self) -> Number:
        return self.value("past")

    @property
    def region(self) -> Number:
        return self.value("region")

    @property
    def words(self) -> list[str]:
        """The differences of a factor, each a sentence; those that cannot be told are left out."""
        if self.is_dimension:
            return []
        return [words for column, value in self.values if (words := _difference(column, self.now, value))]


class Compare:
    """Asks as often for one state as for four: `?since=` names earlier updates, `?with=` states."""

    def __init__(self, user: Any, state: MemberState, given: QueryDict) -> None:
        self.user, self.state, self.given = user, state, given
        self.history = History(user, state)
        self.notes: list[str] = []
        year, factors = (self.history.edition.year if self.history.edition else 0), self.history.factors
        self.year = year
        self.region = regional.figures(year, factors)
        self.sub_region = regional.figures(year, factors, state.sub_region)
        self.sharing = list(_sharing(user, state, year))
        self.chosen = self._chosen()
        self.chosen_pasts = self._chosen_pasts()

    def _chosen(self) -> list[MemberState]:
        wanted = set(",".join(self.given.getlist("with")).split(",")) - {""}
        found = [state for state in self.sharing if state.slug in wanted]
        if len(found) < len(wanted):
            self.notes.append(gettext("A state you asked for does not share its answers with you, so it is left out."))
        if len(found) > MOST_STATES:
            self.notes.append(gettext("At most four states fit side by side. The first four are shown."))
        return found[:MOST_STATES]

    def _chosen_pasts(self) -> list[Update]:
        """The updates chosen, the newest first; without any, the one before the last."""
        wanted = set(",".join(self.given.getlist("since")).split(",")) - {""}
        found = [update for update in self.earlier if past_key(update) in wanted]
        if len(found) < len(wanted):
            self.notes.append(_unknown(found))
        if len(found) > MOST_PASTS:
            self.notes.append(gettext("At most four earlier updates fit side by side. The newest four are shown."))
        return (found or self.earlier[:1])[:MOST_PASTS]

    @property
    def past(self) -> Update | None:
        """The newest of those chosen: the one that each factor is told against in words."""
        return self.chosen_pasts[0] if self.chosen_pasts else None

    @cached_property
    def earlier(self) -> list[Update]:
        """All but the last, the newest first."""
        return [update for update, _ in self.history.readings[:-1]][::-1]

    @property
    def pasts(self) -> list[dict[str, Any]]:
        chosen = self.chosen_pasts
        return [{"key": past_key(u), "label": past_label(u), "is_chosen": u in chosen} for u in self.earlier]

    @property
    def told_of(self) -> list[MemberState]:
        """The states whose own stages stand here."""
        return [self.state, *self.chosen]

    @property
    def choices(self) -> list[dict[str, Any]]:
        return [{"state": state, "is_chosen": state in self.chosen} for state in self.sharing]

    @cached_property
    def columns(self) -> list[Column]:
        return [*self._own(), *self._figures(), *self._others()]

    def _own(self) -> list[Column]:
        keys = ["past", *(f"past-{past_key(update)}" for update in self.chosen_pasts[1:])]
        return [
            Column(key, past_label(update), self.history.as_of(update), is_past=True)
            for key, update in zip(keys, self.chosen_pasts, strict=False)
        ]

    def _figures(self) -> list[Column]:
        by_code = {factor.code: factor.pk for factor in self.history.factors}
        region, sub_region = (
            {by_code[code]: FactorStage(stage) for code, stage in figures.medians.items() if stage}
            for figures in (self.region, self.sub_region)
        )
        return [
            Column("region", gettext("Region"), region, self.region.means, is_figure=True),
            Column("sub-region", self.state.get_sub_region_display(), sub_region, is_figure=True),
        ]

    def _others(self) -> list[Column]:
        shared = Answer.objects.visible_to(self.user).current().filter(state__in=self.chosen)
        stages = factor_stages(shared, self.year)
        return [Column(state.slug, state.name, stages.get(state.pk, {})) for state in self.chosen]

    @cached_property
    def dimensions(self) -> list[tuple[Line, list[Line]]]:
        now = Column("now", gettext("Now"), self.history.now)
        return [
            (
                Line(
                    dimension.short,
                    dimension.code,
                    now.of_dimension(dimension, factors),
                    [(column, column.of_dimension(dimension, factors)) for column in self.columns],
                    is_dimension=True,
                ),
                [
                    Line(f.name, f.code, now.of_factor(f), [(column, column.of_factor(f)) for column in self.columns])
                    for f in factors
                ],
            )
            for dimension, factors in self.history.dimensions
        ]

    @property
    def summary(self) -> list[str]:
        """How many factors stand higher, level and lower than in each column."""
        lines = [line for _, factors in self.dimensions for line in factors]
        pairs = (
            (column, [(line.now, line.values[place][1]) for line in lines]) for place, column in enumerate(self.columns)
        )
        return [words for column, values in pairs if (words := _summary(column, values))]

    @property
    def is_withheld(self) -> bool:
        """Whether a figure is missing because fewer than five states can be counted."""
        return any(value is None for figures in (self.region, self.sub_region) for value in figures.medians.values())

    @property
    def query(self) -> str:
        """What the downloads are asked with: the page's own choices, checked."""
        query = QueryDict(mutable=True)
        query.setlist("with", [state.slug for state in self.chosen])
        query.setlist("since", [past_key(update) for update in self.chosen_pasts])
        return query.urlencode()

    def rows(self) -> Iterator[list[Any]]:
        """The table as the page shows it, to download."""
        yield [
            gettext("Dimension or factor"),
            gettext("Now"),
            *(column.label for column in self.columns),
            gettext("In words"),
            gettext("Read from the levels of 2016"),
        ]
        for dimension, factors in self.dimensions:
            for line in (dimension, *factors):
                values = [line.now, *(value for _, value in line.values)]
                crossed = [label for label, value in zip(self._labels, values, strict=True) if value.is_crossed]
                numbers = [_plain(value.number) for value in values]
                yield [f"{line.code} {line.label}", *numbers, " ".join(line.words), ", ".join(crossed)]

    @property
    def _labels(self) -> list[str]:
        return [gettext("Now"), *(column.label for column in self.columns)]


def past_key(update: Update) -> str:
    return update.round.slug if update.round else str(update.edition.year)


def past_label(update: Update) -> str:
    if update.round:
        return update.round.title
    return gettext("Levels of %(year)s") % {"year": update.edition.year}


def _unknown(found: list[Update]) -> str:
    if found:
        return gettext("An earlier update you asked for is not known, so it is left out.")
    return gettext("The earlier update you asked for is not known. The one before the last is shown.")


def _sharing(user: Any, state: MemberState, year: int) -> Any:
    """States whose own answers in this edition the reader may see: the published levels of 2016 are no sharing."""
    edition = {"indicator__factor__dimension__edition__year": year}
    shared = Answer.objects.visible_to(user).current().filter(state=OuterRef("pk"), **edition)
    return MemberState.objects.visible_to(user).exclude(pk=state.pk).filter(Exists(shared)).in_order()


def _difference(column: Column, now: Value, other: Value) -> str:
    if now.number is None or other.number is None:
        return ""
    by = int(now.number) - int(other.number)
    if column.is_past and column.key != "past":
        return ""  # each factor is told against one past; the summary speaks of every one
    if column.is_past:
        return "" if now.is_crossed != other.is_crossed else _moved(by)
    return _beside(by, column)


def _moved(by: int) -> str:
    if by == 0:
        return gettext("As before.")
    words = (
        ngettext("Up %(n)s stage.", "Up %(n)s stages.", by)
        if by > 0
        else ngettext("Down %(n)s stage.", "Down %(n)s stages.", -by)
    )
    return words % {"n": abs(by)}


def _beside(by: int, column: Column) -> str:
    named = {"n": abs(by), "what": column.label}
    if by == 0:
        return gettext("%(what)s: level with it.") % named
    if by > 0:
        return ngettext("%(what)s: %(n)s stage above it.", "%(what)s: %(n)s stages above it.", by) % named
    return ngettext("%(what)s: %(n)s stage below it.", "%(what)s: %(n)s stages below it.", -by) % named


def _summary(column: Column, values: Iterable[tuple[Value, Value]]) -> str:
    is_past = column.is_past
    differences = [
        int(now.number) - int(other.number)
        for now, other in values
        if now.number is not None and other.number is not None and not (is_past and now.is_crossed != other.is_crossed)
    ]
    if not differences:
        return gettext("%(what)s: another edition, not compared.") % {"what": column.label} if is_past else ""
    counted = {
        "what": column.label,
        "of": len(differences),
        "up": sum(by > 0 for by in differences),
        "same": sum(by == 0 for by in differences),
        "down": sum(by < 0 for by in differences),
    }
    if is_past:
        return gettext("%(what)s: of %(of)s factors %(up)s moved up, %(same)s stayed, %(down)s moved down.") % counted
    return gettext("%(what)s: of %(of)s factors %(up)s stand above, %(same)s level, %(down)s below.") % counted


def _plain(number: Number) -> float | int | str:
    return float(number) if isinstance(number, Decimal) else "" if number is None else number
