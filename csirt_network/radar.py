"""Levels on spokes, from the top and clockwise: shapes for a drawing, whose table stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from csirt_network.sim3 import HIGHEST

MIDDLE, RADIUS, OUTER = 160.0, 120.0, 138.0


@dataclass(frozen=True)
class Spoke:
    """`level` as drawn, None where there is nothing to draw."""

    label: str
    level: float | None
    target: float | None = None


@dataclass(frozen=True)
class Mark:
    label: str
    x: str
    y: str
    anchor: str


@dataclass(frozen=True)
class Radar:
    """Texts for `points` of polygons; a spoke without a level goes to the middle and gets no dot."""

    rings: Sequence[str]
    axes: Sequence[tuple[str, str]]
    shape: str
    target: str
    dots: Sequence[tuple[str, str]]
    marks: Sequence[Mark]


def radar(spokes: Sequence[Spoke]) -> Radar:
    count = len(spokes)
    points = [_at(number, count, spoke.level or 0) for number, spoke in enumerate(spokes)]
    has_target = any(spoke.target is not None for spoke in spokes)
    targets = [_at(number, count, spoke.target or 0) for number, spoke in enumerate(spokes)]
    return Radar(
        rings=[_joined([_at(number, count, level) for number in range(count)]) for level in range(1, HIGHEST + 1)],
        axes=[_spelled(_at(number, count, HIGHEST)) for number in range(count)],
        shape=_joined(points),
        target=_joined(targets) if has_target else "",
        dots=[_spelled(point) for point, spoke in zip(points, spokes, strict=True) if spoke.level is not None],
        marks=[_mark(spoke.label, number, count) for number, spoke in enumerate(spokes)],
    )


def _at(number: int, count: int, level: float, radius: float = RADIUS) -> tuple[float, float]:
    angle = 2 * pi * number / count - pi / 2
    reach = radius * level / HIGHEST
    return MIDDLE + reach * cos(angle), MIDDLE + reach * sin(angle)


def _mark(label: str, number: int, count: int) -> Mark:
    x, y = _at(number, count, HIGHEST, OUTER)
    anchor = "middle" if abs(x - MIDDLE) < 12 else "start" if x > MIDDLE else "end"
    return Mark(label, f"{x:.1f}", f"{y + 3:.1f}", anchor)


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _spelled(point: tuple[float, float]) -> tuple[str, str]:
    return f"{point[0]:.1f}", f"{point[1]:.1f}"
