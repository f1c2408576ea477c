"""The shapes of the Americas, read once from map/americas.json, and the two sheets they are laid out on.

A sheet is one drawing: everything side by side on a wide page, one below the other on a narrow one. Every state
is one link on each sheet; only one sheet is shown at a time, so nobody meets a link twice.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

SHAPES = Path(__file__).parent / "map" / "americas.json"

Point = tuple[float, float]
Align = Literal["start", "end"]


@dataclass(frozen=True)
class Panel:
    """One drawing: the whole of the Americas ("main") or a part of it, enlarged ("west", "east")."""

    name: str
    width: float
    height: float
    context: str
    states: dict[str, str]


@dataclass(frozen=True)
class Label:
    """The name that stands beside a state too small to be hit: it carries the target."""

    panel: str
    at: Point
    align: Align
    has_spot: bool
    joins: float | None


@dataclass(frozen=True)
class Marker:
    """Where a state lies, in the units of each panel."""

    main: Point
    inset: Point | None
    label: Label | None

    def at(self, panel: str) -> Point:
        return self.main if panel == "main" or self.inset is None else self.inset


@dataclass(frozen=True)
class Place:
    """Where a panel stands on a sheet, and how large."""

    panel: str
    x: float
    y: float
    width: float
    height: float
    scale: float = 1

    @property
    def transform(self) -> str:
        return f"translate({self.x:g} {self.y:g})" + (f" scale({self.scale:g})" if self.scale != 1 else "")

    def point(self, at: Point) -> Point:
        return round(self.x + at[0] * self.scale, 1), round(self.y + at[1] * self.scale, 1)


@dataclass(frozen=True)
class Sheet:
    name: str
    width: float
    height: float
    places: tuple[Place, ...]

    def place(self, panel: str) -> Place:
        return next(place for place in self.places if place.panel == panel)


WIDE = Sheet("wide", 1072, 560, (
    Place("main", 0, 0, 420, 560), Place("west", 432, 0, 320, 308), Place("east", 760, 0, 312, 308),
))  # fmt: skip
NARROW = Sheet("narrow", 320, 1059, (
    Place("main", 0, 0, 320, 427, scale=0.762), Place("west", 0, 435, 320, 308), Place("east", 0, 751, 320, 308),
))  # fmt: skip


@dataclass(frozen=True)
class Americas:
    panels: dict[str, Panel]
    markers: dict[str, Marker]


@cache
def americas() -> Americas:
    drawn = json.loads(SHAPES.read_text(encoding="utf-8"))
    markers = {slug: _marker(row) for slug, row in drawn.pop("markers").items()}
    return Americas({name: Panel(name=name, **panel) for name, panel in drawn.items()}, markers)


def _marker(row: dict[str, Any]) -> Marker:
    inset = tuple(row["inset"]) if row["inset"] else None
    return Marker(main=tuple(row["main"]), inset=inset, label=_label(row) if row["label"] else None)


def _label(row: dict[str, Any]) -> Label:
    at = tuple(row["label"])
    return Label(row["panel"], at, row["align"], has_spot=row.get("spot", False), joins=row.get("joins"))
