"""Every factor, every state: one table that the page and the download share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import slugify

from capability.maturity import (
    LEAST_STATES,
    FactorStage,
    Stages,
    factor_stages,
    lower_median,
    mean,
    one_decimal,
    score,
)
from capability.models import Answer, Dimension, Edition, Factor, Indicator, Stage
from member_states.models import MemberState
from reporting.dashboards.cells import Cell, Cells, Words


@dataclass(frozen=True)
class Band:
    """A dimension over its columns: the factors, or the indicators of an edition that rated several per factor."""

    dimension: Dimension
    columns: tuple[Factor | Indicator, ...]

    @property
    def ids(self) -> list[int]:
        return [column.pk for column in self.columns]


@dataclass(frozen=True)
class Group:
    """The cells of one row under one dimension, and their mean for narrow pages."""

    cells: list[Cell]
    mean: Decimal | None
    css: str

    @property
    def is_crossed(self) -> bool:
        return any(cell.is_crossed for cell in self.cells)


@dataclass(frozen=True)
class Row:
    label: Words
    groups: list[Group]
    state: Any = None
    count: int = 0
    slug: str = ""
    is_open: bool = False
    toggle: str = ""


class Matrix:
    """`bands` are the heads; rows come as the region, then each sub-region followed by its states when it is open."""

    def __init__(self, user: Any, states: list[MemberState], year: str = "") -> None:
        """`year` names an edition; without one, or with one that is not held, the edition that states rate."""
        self.states = states
        self.bands = _bands(_indicators(user, year))
        self.stages = _stages(user, self.edition) if self.edition else {}
        self.cells = Cells("matrix__factor-cell")

    @property
    def edition(self) -> Edition | None:
        return self.bands[0].dimension.edition if self.bands else None

    @property
    def columns(self) -> list[Factor | Indicator]:
        return [column for band in self.bands for column in band.columns]

    @property
    def has_crossed(self) -> bool:
        return any(given.is_crossed for state in self.stages.values() for given in state.values())

    @property
    def known(self) -> int:
        """How many states have any data."""
        return sum(state.pk in self.stages for state in self.states)

    def middle(self, state: MemberState) -> int | None:
        """The stage in the middle of all factors of a state: what colours it on the map."""
        return lower_median(given.stage for given in self.stages.get(state.pk, {}).values())

    def region(self) -> Row:
        return Row("", self._median_groups(self.states), count=len(self.states))

    def rows(self, params: QueryDict) -> Iterator[Row]:
        opened = set(params.getlist("open"))
        for value, label in MemberState.SubRegion.choices:
            members = [state for state in self.states if state.sub_region == value]
            if members:
                yield from self._sub_region(label, slugify(value), members, params, opened)

    def _sub_region(
        self, label: str | Promise, slug: str, members: list[MemberState], params: QueryDict, opened: set[str]
    ) -> Iterator[Row]:
        is_open = slug in opened or "all" in opened
        toggle = _toggled(params, slug)
        yield Row(label, self._median_groups(members), count=len(members), slug=slug, is_open=is_open, toggle=toggle)
        if is_open:
            yield from (self.row_of(state) for state in members)

    def row_of(self, state: MemberState) -> Row:
        given = self.stages.get(state.pk, {})
        groups = [
            _group([self.cells.of_factor(given.get(pk)) for pk in band.ids], score(given, band.ids))
            for band in self.bands
        ]
        return Row(state.name, groups, state=state)

    def stage_rows(self) -> list[tuple[int, Any, list[list[int]]]]:
        """Under the table: for each stage how many states stand there, by dimension and column."""
        counts = {pk: [self._count(pk, stage) for stage in Stage.values] for band in self.bands for pk in band.ids}
        return [
            (stage, name, [[counts[pk][stage - 1] for pk in band.ids] for band in self.bands])
            for stage, name in Stage.choices
        ]

    def _count(self, column: int, stage: int) -> int:
        return sum(column in given and given[column].stage == stage for given in self.stages.values())

    def _median_groups(self, members: list[MemberState]) -> list[Group]:
        known = [self.stages[state.pk] for state in members if state.pk in self.stages]
        groups = []
        for band in self.bands:
            cells = [
                self.cells.of_region(_median(given[pk].stage for given in known if pk in given)) for pk in band.ids
            ]
            groups.append(_group(cells, _mean(score(given, band.ids) for given in known)))
        return groups


def _indicators(user: Any, year: str) -> QuerySet[Indicator]:
    edition = {"year": int(year)} if year.isdecimal() and len(year) == 4 else {"is_rated_by_states": True}
    return (
        Indicator.objects.visible_to(user)
        .filter(**{f"factor__dimension__edition__{field}": value for field, value in edition.items()})
        .select_related("factor__dimension__edition__source")
        .order_by("factor__dimension__position", "factor__position", "number")
    )


def _bands(indicators: Iterable[Indicator]) -> list[Band]:
    """The states rate one indicator per factor, so the factor stands for it; an older edition shows all it rated."""
    bands: dict[Dimension, dict[Factor | Indicator, None]] = {}
    for indicator in indicators:
        dimension = indicator.factor.dimension
        column = indicator.factor if dimension.edition.is_rated_by_states else indicator
        bands.setdefault(dimension, {})[column] = None
    return [Band(dimension, tuple(columns)) for dimension, columns in bands.items()]


def _stages(user: Any, edition: Edition) -> dict[int, Stages]:
    current = Answer.objects.visible_to(user).current()
    if edition.is_rated_by_states:
        return factor_stages(current, edition.year)
    rows = current.filter(indicator__factor__dimension__edition=edition, stage__isnull=False)
    states: dict[int, Stages] = {}
    for state, indicator, stage in rows.values_list("state_id", "indicator_id", "stage"):
        if indicator and stage:
            states.setdefault(state, {})[indicator] = FactorStage(stage)
    return states


def _group(cells: list[Cell], average: Decimal | None) -> Group:
    """The colour of an average is that of its nearest stage."""
    rounded = one_decimal(average)
    return Group(cells, rounded, f"st{int(rounded + Decimal('0.5'))}" if rounded else "st0")


def _median(stages: Iterable[int]) -> int | None:
    known = list(stages)
    return lower_median(known) if len(known) >= LEAST_STATES else None


def _mean(scores: Iterable[Decimal | None]) -> Decimal | None:
    known = [given for given in scores if given is not None]
    return mean(known) if len(known) >= LEAST_STATES else None


def _toggled(params: QueryDict, slug: str) -> str:
    """The page's own query with one sub-region opened or closed."""
    changed = params.copy()
    opened = set(params.getlist("open"))
    if "all" in opened:
        opened = {slugify(value) for value in MemberState.SubRegion.values}
    changed.setlist("open", sorted(opened ^ {slug}))
    return changed.urlencode()
