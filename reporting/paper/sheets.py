"""A report as Excel: typed cells, no cell that calculates or links by itself, a label on every printed page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext

from common.formulas import defused

OPTIONS = {"in_memory": True, "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MOST_OF_A_NAME = 31  # Excel opens no file with a longer name of a sheet
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Share:
    """A part of one, shown in percent."""

    part: float


@dataclass(frozen=True)
class Sheet:
    name: str
    widths: Sequence[int]
    head: Sequence[str]
    rows: Rows


def book(*, title: str, label: str, made_on: date, sheets: Iterable[Sheet]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": title,
                "subject": label,
                "author": gettext("Cyber Security Program, CICTE"),
                "created": datetime.combine(made_on, datetime.min.time()),
            }
        )
        looks = _looks(workbook)
        for sheet in sheets:
            _write(workbook.add_worksheet(sheet.name[:MOST_OF_A_NAME]), looks, label, sheet)
    return content.getvalue()


def _looks(workbook: Any) -> dict[str, Any]:
    head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0F4C8A", "text_wrap": True, "valign": "top"}
    text = {"text_wrap": True, "valign": "top"}
    return {
        "head": workbook.add_format(head),
        "text": workbook.add_format(text),
        "whole": workbook.add_format({**text, "num_format": "0"}),
        "tenth": workbook.add_format({**text, "num_format": "0.0"}),
        "money": workbook.add_format({**text, "num_format": "#,##0.00"}),
        "share": workbook.add_format({**text, "num_format": "0%"}),
        "day": workbook.add_format({**text, "num_format": "yyyy-mm-dd", "align": "left"}),
    }


def _write(paper: Any, looks: dict[str, Any], label: str, sheet: Sheet) -> None:
    """Row by row, as constant memory asks."""
    for column, width in enumerate(sheet.widths):
        paper.set_column(column, column, width)
    paper.freeze_panes(1, 0)
    paper.set_header(f"&R{label}")
    paper.set_footer(f"&C&P / &N&R{label}")
    paper.repeat_rows(0)
    paper.set_landscape()
    paper.fit_to_pages(1, 0)
    for column, word in enumerate(sheet.head):
        paper.write_string(0, column, defused(str(word)), looks["head"])
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            _cell(paper, looks, number, column, value)


def _cell(paper: Any, looks: dict[str, Any], row: int, column: int, value: Any) -> None:
    if value is None:
        paper.write_blank(row, column, None, looks["text"])
    elif isinstance(value, int):
        paper.write_number(row, column, value, looks["whole"])
    elif isinstance(value, str):
        paper.write_string(row, column, defused(value), looks["text"])
    elif isinstance(value, Share):
        paper.write_number(row, column, value.part, looks["share"])
    elif isinstance(value, Decimal):
        paper.write_number(row, column, float(value), looks["money"])
    elif hasattr(value, "year"):
        paper.write_datetime(row, column, datetime.combine(value, datetime.min.time()), looks["day"])
    else:
        paper.write_number(row, column, float(value), looks["tenth"])
