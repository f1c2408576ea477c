"""The stages of one state over editions and rounds."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q

from capability.maturity import FactorStage, Stages, lower_median, one_decimal, score
from capability.models import Answer, Dimension, Edition, Factor, Indicator, Update
from capability.regional import Figures
from member_states.models import MemberState
from reporting.dashboards.cells import Cell, Cells

COLUMNS = 6


@dataclass(frozen=True)
class DimensionLine:
    """One dimension of the state: now, the time before, and the region."""

    dimension: Dimension
    now: Decimal | None
    last: Decimal | None
    region: Decimal | None
    is_crossed: bool
    crosses_editions: bool

    @property
    def change(self) -> Decimal | None:
        """Within one edition only: the factors of two editions are not the same."""
        if self.now is None or self.last is None or self.crosses_editions:
            return None
        return self.now - self.last


class History:
    """Three queries: the model, the updates that this reader may see, and their accepted answers."""

    def __init__(self, user: Any, state: MemberState) -> None:
        self.user, self.state = user, state
        self.indicators = list(_indicators(user))
        of_state = Update.objects.visible_to(user).filter(state=state)
        self.updates = list(of_state.select_related("round", "edition__source").order_by("accepted_at", "pk"))
        self.stages = self._stages()
        self.cells = Cells()

    def _stages(self) -> dict[int, dict[int, int]]:
        """By update and indicator; of an update sent several times the last submission holds."""
        answers = Answer.objects.visible_to(self.user).filter(state=self.state, is_accepted=True, stage__isnull=False)
        stages: dict[int, dict[int, int]] = {}
        rows = answers.order_by("submission__number", "pk").values_list("update_id", "indicator_id", "stage")
        for update, indicator, stage in rows:
            if indicator and stage:
                stages.setdefault(update, {})[indicator] = stage
        return stages

    @cached_property
    def factors(self) -> list[Factor]:
        """Those of the edition that states rate, in order."""
        own = [
            indicator.factor for indicator in self.indicators if indicator.factor.dimension.edition.is_rated_by_states
        ]
        return list(dict.fromkeys(own))

    @property
    def edition(self) -> Edition | None:
        return self.factors[0].dimension.edition if self.factors else None

    @property
    def dimensions(self) -> list[tuple[Dimension, list[Factor]]]:
        found: dict[Dimension, list[Factor]] = {}
        for factor in self.factors:
            found.setdefault(factor.dimension, []).append(factor)
        return list(found.items())

    def read(self, update: Update) -> Stages:
        """The factors as this update gives them, through the crosswalk if it is of an earlier edition."""
        given = self.stages.get(update.pk, {})
        is_crossed = not update.edition.is_rated_by_states
        found: dict[int, list[int]] = {}
        for indicator in self.indicators:
            target = indicator.crosswalk_id if is_crossed else indicator.factor_id
            if target and indicator.pk in given:
                found.setdefault(target, []).append(given[indicator.pk])
        return {factor: FactorStage(lower_median(stages) or 0, is_crossed) for factor, stages in found.items()}

    @cached_property
    def readings(self) -> list[tuple[Update, Stages]]:
        """From the oldest to the newest."""
        accepted = [update for update in self.updates if update.accepted_at and update.pk in self.stages]
        in_order = sorted(accepted, key=lambda update: (update.edition.year, update.accepted_at))
        return [(update, self.read(update)) for update in in_order]

    @property
    def under_way(self) -> Update | None:
        """The update of the round that is open."""
        return next((update for update in self.updates if update.round and update.round.is_open), None)

    @cached_property
    def now(self) -> Stages:
        return self._profile(len(self.readings))

    @cached_property
    def last(self) -> Stages:
        return self._profile(len(self.readings) - 1)

    def as_of(self, update: Update) -> Stages:
        """What was known when this update had been accepted."""
        return self._profile([reading for reading, _ in self.readings].index(update) + 1)

    def _profile(self, until: int) -> Stages:
        """What was known after so many updates: what a later one does not say stays as it was."""
        profile: Stages = {}
        for _, reading in self.readings[: max(until, 0)]:
            profile |= reading
        return profile

    @property
    def is_crossed(self) -> bool:
        """Whether all that is known was read from an earlier edition."""
        return bool(self.now) and all(given.is_crossed for given in self.now.values())

    @property
    def last_is_crossed(self) -> bool:
        return any(given.is_crossed for given in self.last.values())

    @property
    def has_crossed(self) -> bool:
        return any(given.is_crossed for _, reading in self.readings for given in reading.values())

    @property
    def moved_up(self) -> int:
        """Factors that stand higher than in the time before, within one edition."""
        return sum(
            self.last[factor].stage < given.stage
            for factor, given in self.now.items()
            if factor in self.last and self.last[factor].is_crossed == given.is_crossed
        )

    @property
    def moved_within_edition(self) -> bool:
        return len(self.readings) > 1 and self.readings[-2][0].edition_id == self.readings[-1][0].edition_id

    @property
    def baseline(self) -> Update | None:
        return next((update for update, _ in self.readings if not update.edition.is_rated_by_states), None)

    @property
    def latest(self) -> Update | None:
        return self.readings[-1][0] if self.readings else None

    def dimension_lines(self, region: Figures) -> list[DimensionLine]:
        lines = []
        for dimension, factors in self.dimensions:
            ids = [factor.pk for factor in factors]
            crossed, before = _any_crossed(self.now, ids), _any_crossed(self.last, ids)
            now, last = one_decimal(score(self.now, ids)), one_decimal(score(self.last, ids))
            mean = region.means.get(dimension.code)
            lines.append(DimensionLine(dimension, now, last, mean, crossed, crossed != before))
        return lines

    @property
    def columns(self) -> list[Update]:
        return [update for update, _ in self.readings[-COLUMNS:]]

    @property
    def lines(self) -> list[tuple[Dimension, list[tuple[Factor, list[Cell]]]]]:
        """The table: each factor by dimension, a cell for each update."""
        shown = [reading for _, reading in self.readings[-COLUMNS:]]
        return [
            (
                dimension,
                [(factor, [self.cells.of_factor(reading.get(factor.pk)) for reading in shown]) for factor in factors],
            )
            for dimension, factors in self.dimensions
        ]


def _any_crossed(stages: Stages, factors: list[int]) -> bool:
    return any(stages[factor].is_crossed for factor in factors if factor in stages)


def _indicators(user: Any) -> Any:
    rated = Q(factor__dimension__edition__is_rated_by_states=True)
    return (
        Indicator.objects.visible_to(user)
        .filter(rated | Q(crosswalk__isnull=False))
        .select_related("factor__dimension__edition__source")
        .order_by("factor__dimension__edition__year", "factor__dimension__position", "factor__position", "number")
    )
