"""Tables of plain values in one language, the same for every format."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import compress
from typing import Any

from django.utils.formats import date_format, number_format

from partnerships.money import number
from reporting.paper.sheets import Sheet

Cell = str | int | float | Decimal | date | None
MOST_SHARE = 40  # of the width of a page, in characters


class Change(int):
    """By how much something moved: its sign is said on paper."""


@dataclass(frozen=True)
class Column:
    name: str
    width: int  # in characters, of the sheet
    is_number: bool = False
    on_paper: bool = True  # what paper says in words already stands in the sheet alone


@dataclass(frozen=True)
class Table:
    """`about` stands under its heading; without rows `empty` stands in their place."""

    title: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    about: str = ""


def on_paper(table: Table) -> dict[str, Any]:
    """What a template is told of it: every cell as text."""
    shown = [column.on_paper for column in table.columns]
    return {
        "title": table.title,
        "about": table.about,
        "empty": table.empty,
        "columns": [
            {"name": one.name, "number": one.is_number, "share": min(one.width, MOST_SHARE)}
            for one in compress(table.columns, shown)
        ],
        "rows": [[in_text(cell) for cell in compress(row, shown)] for row in table.rows],
    }


def on_sheet(table: Table) -> Sheet:
    return Sheet(
        table.sheet,
        [column.width for column in table.columns],
        [column.name for column in table.columns],
        list(table.rows) or [(table.empty,)],
    )


def in_text(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, date):
        return str(date_format(cell))
    if isinstance(cell, Change):
        return f"{cell:+d}".replace("-", "−") if cell else "0"
    if isinstance(cell, float):
        return str(number_format(cell, 1))
    return number(Decimal(cell)) if isinstance(cell, int | Decimal) else cell
