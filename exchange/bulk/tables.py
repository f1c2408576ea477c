"""A table (CSV): a value a row, the columns named in the first row, however the spreadsheet wrote it."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, time
from io import StringIO

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from common.formulas import as_written
from common.moments import in_utc
from common.partial_dates import first_day
from csirt_network import indicators
from documents.refusal import Refused
from exchange.bulk import making
from exchange.bulk.lines import Line, Terms, plain
from exchange.bulk.words import HEADINGS, KIND, LABEL, NOTE, SEEN, VALUE, Red, column_of, kind_of, label_named

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 20_000
TEMPLATE = [
    list(HEADINGS),
    ["198.51.100.7", "", "2026-11-17", "Command and control", "AMBER"],
    ["hxxps://login[.]example/bank", "url", "2026-11", "", "GREEN"],
]
Row = tuple[int, dict[str, str]]


def lines_of(text: str, terms: Terms) -> Iterator[Line]:
    """One for each row that holds anything; the first with a value stands for its doubles."""
    first: dict[indicators.Indicator, int] = {}
    for number, cells in rows_of(text):
        line = Line(number, plain(cells.get(VALUE, "")))
        try:
            one = _fill(line, cells, terms)
            if (before := first.setdefault(one, number)) != number:
                line.why, line.is_left = _("The same as line %(line)d.") % {"line": before}, True
        except ValidationError as problem:
            line.why, line.is_red = problem.messages[0], isinstance(problem, Red)
        yield line


def _fill(line: Line, cells: dict[str, str], terms: Terms) -> indicators.Indicator:
    value, note = cells.get(VALUE, ""), cells.get(NOTE, "")
    label = label_named(cells.get(LABEL, ""))
    if not value:
        raise ValidationError(_("This row has no value."))
    one = making.found(value, kind_of(cells.get(KIND, "")))
    line.what = plain(indicators.defang(one.value, one.kind))
    if len(note) > making.LONGEST_NOTE:
        raise ValidationError(_("A note has at most %(most)d characters.") % {"most": making.LONGEST_NOTE})
    seen = seen_at(cells.get(SEEN, ""))
    making.make(line, one, terms, label=label, seen=seen, note=plain(note, len(note)))
    return one


def seen_at(text: str) -> datetime | None:
    """A year, a month, a day or a moment; None for nothing. Raises ValidationError."""
    if not text:
        return None
    if day := first_day(text):
        return datetime.combine(day, time(), UTC)
    try:
        found = in_utc(parse_datetime(text))
    except (ValueError, OverflowError):
        found = None
    if found is None:
        sentence = _("“%(text)s” is no date. Write 2026, 2026-11, 2026-11-17 or 2026-11-17T08:30:00Z.")
        raise ValidationError(sentence % {"text": text[:40]})
    return found


def rows_of(text: str) -> Iterator[Row]:
    """Raises Refused for what is no table, or has no column of values."""
    lines = text.splitlines()
    delimiter = _delimiter(lines)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    columns: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _columns(cells)
                continue
            if max(map(len, cells)) > LONGEST_CELL:
                raise csv.Error
            pairs = zip(columns, cells, strict=False)
            yield reader.line_num, {name: _clean(cell) for name, cell in pairs if name}
    except csv.Error as error:
        sentence = _("This table cannot be read after line %(line)d. Is a quotation mark left open there?")
        raise Refused(sentence, params={"line": max(reader.line_num, 1)}) from error


def _delimiter(lines: list[str]) -> str:
    head = next((line for line in lines if line.strip()), "")
    return max(DELIMITERS, key=lambda one: len([cell for cell in head.split(one) if column_of(cell.strip('" '))]))


def _columns(heading: list[str]) -> list[str]:
    found = [column_of(cell) for cell in heading]
    if VALUE not in found:
        raise Refused(
            _(
                "The first row must name the columns, and one of them must be “value”. Download the template and fill"
                " that one in."
            )
        )
    double = next((name for name in found if name and found.count(name) > 1), "")
    if double:
        raise Refused(_("Two columns mean the same: %(name)s. Leave one of them out."), params={"name": double})
    return found


def _clean(cell: str) -> str:
    """Without the apostrophes that keep spreadsheets from running it."""
    return as_written(cell.strip()).strip()
