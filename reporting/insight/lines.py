"""The small chart of one factor or dimension over time: steps on the scale from 1 to 5, drawn by classes alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

WIDTH, HEIGHT = 200, 76
LEFT, RIGHT, TOP, STEP = 18, 182, 8, 15  # one stage is a step high
Number = Decimal | int


@dataclass(frozen=True)
class Reading:
    """`is_crossed`: of an earlier edition. Without a number nothing was said, or it is withheld."""

    number: Number | None
    is_crossed: bool = False


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    is_crossed: bool


class StepLine:
    """The readings from the oldest to the newest, each as far from the next, whatever time lies between."""

    box = f"0 0 {WIDTH} {HEIGHT}"
    stages = tuple((stage, TOP + (5 - stage) * STEP) for stage in range(1, 6))

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings

    def __bool__(self) -> bool:
        return any(reading.number is not None for reading in self.readings)

    def _x(self, place: int) -> float:
        steps = len(self.readings) - 1
        return LEFT + (RIGHT - LEFT) * place / steps if steps else (LEFT + RIGHT) / 2

    @cached_property
    def dots(self) -> list[Dot]:
        return [
            Dot(_told(self._x(place)), _told(_y(reading.number)), reading.is_crossed)
            for place, reading in enumerate(self.readings)
            if reading.number is not None
        ]

    @property
    def paths(self) -> list[tuple[str, bool]]:
        """A step from each reading to the next; whether it crosses from one edition to another."""
        told = [(place, r.number, r.is_crossed) for place, r in enumerate(self.readings) if r.number is not None]
        return [
            (
                f"M{_told(self._x(first))} {_told(_y(before))}H{_told(self._x(second))}V{_told(_y(after))}",
                was_crossed != is_crossed,
            )
            for (first, before, was_crossed), (second, after, is_crossed) in pairwise(told)
        ]

    @property
    def crossing(self) -> str:
        """Where the edition changes, if it does."""
        for place, (before, after) in enumerate(pairwise(self.readings)):
            if before.is_crossed and not after.is_crossed:
                return _told((self._x(place) + self._x(place + 1)) / 2)
        return ""

    @property
    def last(self) -> Number | None:
        return next((reading.number for reading in reversed(self.readings) if reading.number is not None), None)


def _y(number: Number) -> float:
    return TOP + (5 - float(number)) * STEP


def _told(number: float) -> str:
    """With a point in every language: this is for the drawing."""
    return f"{number:.1f}"
