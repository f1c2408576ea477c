"""{% americas_map figures %}: the member states as links on a map, coloured by one figure each.

Where a state is drawn and its name written depends on the state and the language alone, so that is done once in the
life of a process; what a page adds is the colour, the words and the address of each.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Protocol, cast

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from member_states.americas import NARROW, WIDE, Americas, Label, Marker, Place, Point, Sheet, americas

register = template.Library()

LINE = 15
TARGET = 32
SHEETS = {sheet.name: sheet for sheet in (WIDE, NARROW)}
PATTERNS = {"part": "map-stripes", "w-draft": "map-stripes"}


class State(Protocol):
    slug: str
    name: str

    def get_absolute_url(self) -> str: ...


class Figure(Protocol):
    """What one state's colour says. `participating` may be left out; False hatches the state."""

    state: State
    fill: str
    words: str


@dataclass(frozen=True)
class Tag:
    """A name beside its state: a line to the state, one or two lines of text, and the target around them."""

    x: float
    y: float
    width: float
    height: float
    align: str
    lines: list[tuple[float, float, str]]
    leader: tuple[Point, Point]
    spot: Point | None


@dataclass(frozen=True)
class Link:
    figure: Figure
    url: str
    drawing: SafeString
    leader: SafeString


@register.inclusion_tag("components/map.html", takes_context=True)
def americas_map(context: template.Context, figures: Iterable[Figure], aside: str = "") -> dict[str, Any]:
    """`aside` names a template that stands under the insets; it is given the page's own context."""
    land = americas()
    known = sorted((figure for figure in figures if figure.state.slug in land.markers), key=_alphabetical)
    missing = land.markers.keys() - {figure.state.slug for figure in known}
    return {
        **cast("dict[str, Any]", context.flatten()),
        "aside": aside,
        "shapes": _all_shapes(),
        "sheets": [
            {
                "sheet": sheet,
                "links": [_link(sheet, figure) for figure in known],
                "without_figure": [shape for slug in sorted(missing) for shape in _shapes(land, sheet, slug)],
            }
            for sheet in SHEETS.values()
        ],
    }


@cache
def _all_shapes() -> SafeString:
    return render_to_string("components/map_shapes.html", {"panels": americas().panels.values()})


def _alphabetical(figure: Figure) -> str:
    letters = unicodedata.normalize("NFKD", str(figure.state.name).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _pattern(figure: Figure) -> str:
    return "map-hatch" if getattr(figure, "participating", True) is False else PATTERNS.get(figure.fill, "")


def _shapes(land: Americas, sheet: Sheet, slug: str) -> list[tuple[str, str]]:
    """The id and the place of every drawing of a state on the sheet."""
    places = [place for place in sheet.places if slug in land.panels[place.panel].states]
    return [(f"map-{place.panel}-{slug}", place.transform) for place in places]


def _link(sheet: Sheet, figure: Figure) -> Link:
    drawing, leader = _drawn(sheet.name, figure.state.slug, str(figure.state.name), _pattern(figure))
    return Link(figure, figure.state.get_absolute_url(), drawing, leader)


@lru_cache(maxsize=2048)
def _drawn(sheet_name: str, slug: str, name: str, pattern: str) -> tuple[SafeString, SafeString]:
    """The state itself, and the line from it to its name. Keys: sheets × states × languages × patterns."""
    land, sheet = americas(), SHEETS[sheet_name]
    marker = land.markers[slug]
    has_dot = marker.label is not None and marker.label.has_spot
    tag = tag_of(sheet, marker, marker.label, name) if marker.label else None
    drawing = {
        "pattern": pattern,
        "shapes": _shapes(land, sheet, slug),
        "dot": sheet.place("main").point(marker.main) if has_dot else None,
        "tag": tag,
    }
    start, end = tag.leader if tag else (None, None)
    return (
        render_to_string("components/map_state.html", drawing),
        render_to_string("components/map_leader.html", {"start": start, "end": end}) if tag else SafeString(),
    )


def tag_of(sheet: Sheet, marker: Marker, label: Label, name: str) -> Tag:
    """Where the name stands on a sheet, on pages as on paper."""
    x, y = sheet.place(label.panel).point(label.at)
    spot = (x + 5, y) if label.panel == "east" else None
    text = x + 16 if spot else x
    lines = _lines(name, longest=22 if spot else 12)
    first = y - LINE * (len(lines) - 1) / 2
    width = max(map(_length, lines)) + text - x + 12
    left = x - 6 if label.align == "start" else x + 6 - width
    box = (left + 3, first - 8, left + width - 3, 2 * y - first + 8)
    return Tag(
        x=round(left, 1),
        y=y - TARGET / 2,
        width=round(width, 1),
        height=TARGET,
        align=label.align,
        lines=[(text, first + LINE * at, line) for at, line in enumerate(lines)],
        leader=_leader(sheet.place(label.panel), marker, label, box),
        spot=spot,
    )


def _leader(place: Place, marker: Marker, label: Label, box: tuple[float, float, float, float]) -> tuple[Point, Point]:
    """From the state to the nearest edge of its name, or to the spot before the name."""
    state = x, y = place.point(marker.at(label.panel))
    if label.panel == "east":
        return state, place.point((label.at[0] - 2, label.at[1]))
    joins = x if label.joins is None else place.point((label.joins, 0))[0]
    return state, (_within(joins, box[0], box[2]), _within(y, box[1], box[3]))


def _within(value: float, least: float, most: float) -> float:
    return round(min(max(value, least), most), 1)


def _lines(name: str, longest: int) -> list[str]:
    """The name in one line, or in two of about the same length."""
    breaks = [at for at, letter in enumerate(name) if letter in " -"]
    if len(name) <= longest or not breaks:
        return [name]
    middle = min(breaks, key=lambda at: abs(at - len(name) / 2)) + 1
    return [name[:middle].rstrip(), name[middle:]]


def _length(line: str) -> float:
    """About how long a line is in the type of the names, on the generous side."""
    return sum(11 if letter in "mwMW" else 4.5 if letter in "ijlftIJ .'-" else 7.6 for letter in line)
