"""The maturity of one state over editions and rounds, as far as its reader may see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from capability.maturity import one_decimal, score
from capability.models import Dimension, Factor, Update
from common.scope import reach_of
from member_states.models import MemberState
from reporting.dashboards.cells import Cell
from reporting.dashboards.compare import past_key, past_label
from reporting.dashboards.history import History
from reporting.insight.lines import Number, Reading, StepLine


@dataclass(frozen=True)
class Point:
    """One accepted update, or the published levels of an edition."""

    key: str
    label: str
    accepted_on: str
    is_crossed: bool


@dataclass(frozen=True)
class Line:
    code: str
    name: str
    readings: list[Reading]
    labels: list[str]  # of the points, one for each reading
    missing: str  # what is said where there is no number
    is_dimension: bool = False

    @cached_property
    def chart(self) -> StepLine:
        return StepLine(self.readings)

    @property
    def told(self) -> str:
        """For whoever does not see the chart."""
        read = zip(self.labels, self.readings, strict=True)
        values = "; ".join(f"{label}: {localised(reading.number) or self.missing}" for label, reading in read)
        return f"{self.name}. {values}"

    @property
    def change(self) -> Number | None:
        """From the first to the last reading of the edition that is rated today."""
        own = [reading.number for reading in self.readings if reading.number is not None and not reading.is_crossed]
        return own[-1] - own[0] if len(own) > 1 else None


class OverTime:
    """Asks as much as the history of a state does, however many updates there are."""

    def __init__(self, user: Any, state: MemberState) -> None:
        self.state = state
        self.sees_all = sees_all(user, state)
        self.history = History(user, state)
        self.updates = [update for update, _ in self.history.readings]

    @cached_property
    def points(self) -> list[Point]:
        return [_point(update) for update in self.updates]

    @property
    def labels(self) -> list[str]:
        return [point.label for point in self.points]

    @cached_property
    def dimensions(self) -> list[tuple[Line, list[Line]]]:
        return [
            (self._dimension(dimension, factors), [self._factor(factor) for factor in factors])
            for dimension, factors in self.history.dimensions
        ]

    def _dimension(self, dimension: Dimension, factors: list[Factor]) -> Line:
        ids = [factor.pk for factor in factors]
        means = [
            Reading(one_decimal(score(stages, ids)), any(stages[pk].is_crossed for pk in ids if pk in stages))
            for _, stages in self.history.readings
        ]
        return Line(dimension.code, dimension.short, means, self.labels, gettext("No data"), is_dimension=True)

    def _factor(self, factor: Factor) -> Line:
        given = [stages.get(factor.pk) for _, stages in self.history.readings]
        readings = [Reading(one.stage, one.is_crossed) if one else Reading(None) for one in given]
        return Line(factor.code, factor.name, readings, self.labels, gettext("No data"))

    @property
    def told(self) -> str:
        """The page in one sentence."""
        rounds = sum(not point.is_crossed for point in self.points)
        words = ngettext("%(state)s: %(n)s accepted update", "%(state)s: %(n)s accepted updates", rounds)
        if not self.sees_all:
            words = ngettext(
                "%(state)s: %(n)s accepted update that you may see",
                "%(state)s: %(n)s accepted updates that you may see",
                rounds,
            )
        told = words % {"state": self.state.name, "n": rounds}
        if rounds == len(self.points):
            return gettext("%(told)s.") % {"told": told}
        return gettext("%(told)s, and the published levels of 2016.") % {"told": told}

    @property
    def table(self) -> list[tuple[Line, list[tuple[Line, list[Cell]]]]]:
        """The same, a coloured cell for each stage."""
        cells = self.history.cells
        return [
            (
                dimension,
                [
                    (line, [cells.of(_stage(reading.number), reading.is_crossed) for reading in line.readings])
                    for line in lines
                ],
            )
            for dimension, lines in self.dimensions
        ]

    def rows(self) -> Iterator[list[Any]]:
        """The table to download: a row for each update and line, so that rounds to come add rows and no columns."""
        yield [
            *(gettext("State"), gettext("ISO 3166"), gettext("Update"), gettext("Accepted"), gettext("Code")),
            *(gettext("Dimension or factor"), gettext("Stage or mean"), gettext("Read from the levels of 2016")),
        ]
        lines = [line for dimension, factors in self.dimensions for line in (dimension, *factors)]
        for place, point in enumerate(self.points):
            day = date.fromisoformat(point.accepted_on) if point.accepted_on else ""
            for line in lines:
                reading = line.readings[place]
                yield [
                    *(self.state.name, self.state.alpha3, point.label, day, line.code, line.name),
                    *(plain(reading.number), gettext("Yes") if reading.is_crossed else gettext("No")),
                ]


def sees_all(user: Any, state: MemberState) -> bool:
    """Whatever was accepted: others see what the state shares with them, and are told that there may be more."""
    reach = reach_of(user)
    return reach.staff or state.pk in reach.states


def plain(number: Number | None) -> float | int | str:
    return "" if number is None else number if isinstance(number, int) else float(number)


def localised(number: Number | None) -> str:
    return "" if number is None else str(localize(number))


def _stage(number: Number | None) -> int | None:
    return None if number is None else int(number)


def _point(update: Update) -> Point:
    is_crossed = not update.edition.is_rated_by_states
    accepted = localtime(update.accepted_at).date().isoformat() if update.round and update.accepted_at else ""
    return Point(past_key(update), past_label(update), accepted, is_crossed)
