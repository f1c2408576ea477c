"""A file as lines of texts, whatever program saved it. Nothing in it is run, followed or believed."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from common.downloads import MOST_ROWS
from common.formulas import as_written
from documents.checks import MEDIA_TYPES, check_upload
from documents.refusal import DAMAGED, Refused
from imports.models import TableImport

ACCEPT = ".csv,.xlsx,text/csv"
MOST_COLUMNS, LONGEST = 100, 8000
READ = 2 * TableImport.MOST_ROWS  # of a workbook; what stands below is refused
SEPARATORS = ",;\t"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
NO_TABLE = gettext_lazy("This is neither a table as text (CSV) nor an Excel workbook (.xlsx). Save it as one of them.")


@dataclass(frozen=True)
class Cell:
    text: str
    fault: str = ""


@dataclass(frozen=True)
class Line:
    number: int
    cells: list[Cell]


def read(content: bytes) -> list[Line]:
    """The heading first; without lines in which nothing stands. Raises Refused."""
    lines = [line for line in _lines(content) if any(cell.text or cell.fault for cell in line.cells)]
    if not lines:
        raise Refused(_("There is nothing in this file."))
    if len(lines) - 1 > TableImport.MOST_ROWS:
        raise _too_many()
    return lines


def _too_many() -> Refused:
    most = {"most": TableImport.MOST_ROWS}
    return Refused(_("There are more than %(most)d rows in this file. Import them in parts.") % most)


def _lines(content: bytes) -> Iterator[Line]:
    if content.startswith(b"PK\x03\x04"):
        return _of_workbook(content)
    if b"\0" in content[:4096] and not content.startswith(UTF_16):
        raise Refused(str(NO_TABLE))
    if content.lstrip().startswith((b"<", b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        raise Refused(str(NO_TABLE))
    return _of_text(_decoded(content))


def _of_text(text: str) -> Iterator[Line]:
    csv.field_size_limit(TableImport.MOST_BYTES)
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            if reader.line_num <= 40 * TableImport.MOST_ROWS:
                yield Line(reader.line_num, [_of_csv(value) for value in row[:MOST_COLUMNS]])
            elif any(map(str.strip, row)):
                raise _too_many()  # it would be left out without a word
    except csv.Error as error:
        about = {"line": reader.line_num}
        raise Refused(_("Line %(line)d of this file cannot be read. Save the table again as CSV.") % about) from error


def _of_csv(value: str) -> Cell:
    """The apostrophes that our own downloads put before what looks like a formula are taken off again."""
    text = value.replace("\r\n", "\n").replace("\0", "").strip()
    return _bounded(as_written(text).strip())


def _bounded(text: str) -> Cell:
    if len(text) > LONGEST:
        return Cell(text[:40], _("This text is too long. Write at most %(most)d characters.") % {"most": LONGEST})
    return Cell(text)


def _decoded(content: bytes) -> str:
    """UTF-8, or what spreadsheets write that do not know it."""
    tried = ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", "cp1252", "latin-1")
    for encoding in tried:
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise Refused(_("The letters of this file cannot be read. Save it again as CSV in UTF-8."))


def _of_workbook(content: bytes) -> Iterator[Line]:
    """The first sheet. Checked as every upload is: no bombs, no macros, no links."""
    upload: Any = io.BytesIO(content)
    upload.name, upload.size = "table.xlsx", len(content)
    if check_upload(upload).media_type != MEDIA_TYPES["xlsx"]:
        raise Refused(str(NO_TABLE))
    try:
        sheet: Any = load_workbook(upload, read_only=True, data_only=False, keep_links=False).worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
        found = [Line(number, [_of_cell(cell) for cell in row]) for number, row in enumerate(islice(rows, READ), 1)]
        if any(cell.value is not None for row in rows for cell in row):
            raise _too_many()  # it would be left out without a word
        return iter(found)
    except Refused:
        raise
    except Exception as error:  # the library meets broken parts with any exception there is
        raise Refused(DAMAGED) from error


def _of_cell(cell: Any) -> Cell:
    if cell.data_type == "f":
        return Cell("", _("This cell holds a formula. Copy it, and paste it as a value."))
    if cell.data_type == "e":
        return Cell("", _("This cell shows an error of the spreadsheet. Write what it should say."))
    return _of_csv(_as_text(cell.value))


def _as_text(value: Any) -> str:
    """Days and numbers as the portal writes them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
