"""Columns and cells that several tables of the report share."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from common.mandate import Point
from reporting.paper.tables import Cell, Column

Rows = tuple[tuple[Cell, ...], ...]


def number(name: str) -> Column:
    return Column(name, 14, is_number=True)


def genders() -> tuple[Column, ...]:
    names = (gettext("Women"), gettext("Men"), gettext("Other"), gettext("Not stated"), gettext("All"))
    return tuple(number(name) for name in names)


def point_name(point: int | None) -> str:
    return f"{point}. {Point(point).label}" if point else gettext("No point in particular")


def withheld(value: int | None) -> Cell:
    return gettext("Withheld") if value is None else value


def by_name(things: Iterable[Any]) -> list[Any]:
    """In the order of the alphabet, accents set aside."""
    return sorted(things, key=lambda thing: plain(str(thing)))


def plain(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).lower()
