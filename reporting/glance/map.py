"""The map of the region on paper: the shapes and names of the pages, coloured for print."""

from functools import cache
from html import escape

from django.utils.translation import gettext

from member_states.americas import Americas, Marker, Place, Sheet, americas
from member_states.templatetags.map import Tag, tag_of

PAPER = Sheet("paper", 809, 636, (
    Place("main", 0, 0, 477, 636, scale=1.136), Place("west", 489, 0, 320, 312), Place("east", 489, 324, 320, 312),
))  # fmt: skip
SEA, LAND, INK, EDGE = "#EDF2F6", "#D9D6CC", "#101B30", "#7F8A9C"
FILLS = {"yes": "#0F4C8A", "reported": "#6FA3D8", "part": "#E8C26A", "no": "#FFFFFF", "none": "#F0EEE7"}
TEXT = 'font-family="Inter" font-size="13"'


def drawn(fills: dict[str, str], names: dict[str, str]) -> str:
    """As SVG. `fills` and `names` by the slug of the state."""
    land = americas()
    known = [slug for slug in land.markers if slug in fills]
    shapes = "".join(_shapes(land, slug, FILLS[fills[slug]]) for slug in known)
    tags = "".join(_name(land.markers[slug], names[slug], FILLS[fills[slug]]) for slug in known)
    size = f"{PAPER.width:g} {PAPER.height:g}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">'
    return f"{head}{_ground()}{shapes}{tags}{_captions()}</svg>"


@cache
def _ground() -> str:
    """The sea of each panel, and what is no member state."""
    return "".join(
        f'<rect x="{place.x:g}" y="{place.y:g}" width="{place.width:g}" height="{place.height:g}" rx="8" fill="{SEA}"/>'
        f'<path d="{americas().panels[place.panel].context}" transform="{place.transform}" fill="{LAND}"/>'
        for place in PAPER.places
    )


def _shapes(land: Americas, slug: str, fill: str) -> str:
    return "".join(
        f'<path d="{land.panels[place.panel].states[slug]}" transform="{place.transform}" fill="{fill}" '
        f'stroke="{EDGE}" stroke-width="0.8" stroke-linejoin="round"/>'
        for place in PAPER.places
        if slug in land.panels[place.panel].states
    )


def _name(marker: Marker, name: str, fill: str) -> str:
    if marker.label is None:
        return ""
    tag = tag_of(PAPER, marker, marker.label, name)
    dot = _dot(PAPER.place("main").point(marker.main), 3.5, fill) if marker.label.has_spot else ""
    spot = _dot(tag.spot, 6, fill) if tag.spot else ""
    return _leader(tag) + dot + spot + _lines(tag)


def _leader(tag: Tag) -> str:
    (x, y), (to_x, to_y) = tag.leader
    return f'<line x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}" stroke="{INK}" stroke-width="0.7"/>'


def _dot(at: tuple[float, float], radius: float, fill: str) -> str:
    return f'<circle cx="{at[0]}" cy="{at[1]}" r="{radius}" fill="{fill}" stroke="{INK}" stroke-width="0.8"/>'


def _lines(tag: Tag) -> str:
    anchor = "end" if tag.align == "end" else "start"
    return "".join(
        f'<text x="{x:g}" y="{y + 4.5:g}" {TEXT} text-anchor="{anchor}" fill="{INK}">{escape(line)}</text>'
        for x, y, line in tag.lines
    )


def _captions() -> str:
    words = {"west": gettext("Central America and Greater Antilles"), "east": gettext("Eastern Caribbean")}
    return "".join(_caption(PAPER.place(panel), text) for panel, text in words.items())


def _caption(place: Place, text: str) -> str:
    return (
        f'<text x="{place.x + 10:g}" y="{place.y + 20:g}" {TEXT} font-weight="650" fill="{INK}">{escape(text)}</text>'
    )
