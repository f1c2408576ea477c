"""A workbook as rows of cells, whatever program saved it last. Nothing in it is run, followed or believed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.escape import unescape

from capability.workbook.layout import CODE, names_of_columns, plain
from common.formulas import FORMULA
from documents.checks import MEDIA_TYPES, check_upload
from documents.refusal import DAMAGED, Refused

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 20, 1_000, 60, 8_000
MOST_BYTES = 8 * 1024 * 1024  # unpacked; a filled form has about a twentieth of it
MOST_MERGED = 2_000

NOT_XLSX = _("Send the form as an Excel workbook (.xlsx). In LibreOffice, choose “Save as” and “Excel 2007–365”.")
TOO_LARGE = _("This workbook is far larger than the form. Copy your answers into a fresh form and send that.")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")


@dataclass(frozen=True)
class Cell:
    place: str
    text: str
    fault: str = ""  # "error": it shows an error; "formula": it calculates, and nobody calculated it yet


@dataclass
class Row:
    place: str
    code: str
    cells: dict[str, Cell] = field(default_factory=dict)  # by the name of the column


def rows_of_upload(upload: Any) -> list[Row]:
    """All rows with a code or an answer. Raises Refused with a sentence when this cannot be the form."""
    checked = check_upload(upload)
    if checked.media_type != MEDIA_TYPES["xlsx"]:
        raise Refused(NOT_XLSX)
    with ZipFile(upload) as package:
        if sum(part.file_size for part in package.infolist()) > MOST_BYTES:
            raise Refused(TOO_LARGE)
    try:
        return list(_rows(upload))
    except Exception as error:  # the library meets broken parts with any exception there is
        raise Refused(DAMAGED) from error


def _rows(upload: Any) -> Iterator[Row]:
    """Read twice: as calculated by whoever saved it, and as entered, to know what is a formula."""
    calculated = load_workbook(upload, read_only=True, data_only=True, keep_links=False)
    entered = load_workbook(upload, read_only=True, data_only=False, keep_links=False)
    names = names_of_columns()
    for shown, typed in list(zip(calculated.worksheets, entered.worksheets, strict=True))[:MOST_SHEETS]:
        yield from _rows_of_sheet(shown.title, _grid(shown, typed), _spread(upload, shown), names)


def _grid(shown: Any, typed: Any) -> Iterator[list[Cell]]:
    limits = {"max_row": MOST_ROWS, "max_col": MOST_COLUMNS}
    for sheet in (shown, typed):
        sheet.reset_dimensions()  # what a file says of its own size is not believed
    rows = zip(shown.iter_rows(**limits), typed.iter_rows(**limits), strict=True)
    for number, (values, entries) in enumerate(rows, start=1):
        yield [
            _cell(f"{shown.title}!{get_column_letter(column)}{number}", value, entry)
            for column, (value, entry) in enumerate(zip(values, entries, strict=True), start=1)
        ]


def _cell(place: str, shown: Any, typed: Any) -> Cell:
    if shown.data_type == "e":
        return Cell(place, str(shown.value), "error")
    if typed.data_type == "f" and shown.value is None:
        return Cell(place, "", "formula")
    return Cell(place, text_of(shown.value))


def text_of(value: Any) -> str:
    """What stands in a cell, as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()[:10]
    text = unescape(str(value)).replace("\x00", "").strip()[:MOST_CHARACTERS]
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def _spread(upload: Any, sheet: Any) -> dict[tuple[int, int], int]:
    """Cells merged downwards: (row, column) of each covered cell, and the row that says what it holds."""
    covered: dict[tuple[int, int], int] = {}
    with ZipFile(upload) as package:
        part = package.read(sheet._worksheet_path)
    for reference in MERGED.findall(part)[:MOST_MERGED]:
        left, top, _right, bottom = range_boundaries(reference.decode())
        for row in range((top or 1) + 1, min(bottom or 1, MOST_ROWS) + 1):
            covered[(row, left or 1)] = top or 1
    return covered


def _rows_of_sheet(
    title: str, grid: Iterator[list[Cell]], spread: dict[tuple[int, int], int], names: dict[str, str]
) -> Iterator[Row]:
    columns: dict[int, str] = {}
    above: dict[tuple[int, int], Cell] = {}
    for number, cells in enumerate(grid, start=1):
        heading = _heading(cells, names)
        if heading and (not columns or CODE in heading.values()):
            columns = columns or heading
            continue
        row = Row(f"{title}!{number}", "")
        for index, name in columns.items():
            cell = cells[index] if index < len(cells) else Cell("", "")
            if name != CODE and (top := spread.get((number, index + 1))):
                cell = above.get((top, index), cell)
            above[(number, index)] = cell
            if name == CODE:
                row.code = plain_code(cell.text)
            else:
                row.cells[name] = cell
        if row.code or any(cell.text or cell.fault for cell in row.cells.values()):
            yield row


def plain_code(text: str) -> str:
    return "".join(text.split()).casefold()


def _heading(cells: list[Cell], names: dict[str, str]) -> dict[int, str]:
    """The columns by their place, if this row is a heading; of two columns with one name the first counts."""
    found: dict[int, str] = {}
    for index, cell in enumerate(cells):
        name = names.get(plain(cell.text)) if cell.text else None
        if name and name not in found.values():
            found[index] = name
    return found if CODE in found.values() and len(found) > 1 else {}
