"""Tables as CSV files and as workbooks, streamed: never a formula to whoever opens them, never half a file in silence.

Rows are read while the file is on its way, in the scope, language and zone of whoever asked. A file that could not be
completed says so in its last row.
"""

import csv
import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo
from functools import partial
from io import StringIO
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import Any

import xlsxwriter
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from common.formulas import defused, defused_in_csv

AT_ONCE = 1000  # rows of a query that are in memory at a time
IN_MEMORY = 1_000_000  # bytes of a workbook before it goes to the disk
PIECE = 100  # rows that are sent together
MOST_ROWS, LONGEST = 1_048_576, 32_767  # of a sheet, of a cell: Excel takes no more
WORKBOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
    "remove_timezone": True,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
log = logging.getLogger(__name__)
Row = Iterable[Any]


class _Kept(SpooledTemporaryFile[bytes]):
    """Closed with the answer, or when nobody fetched it: that ends the file alone. Its own `close` is by then that of
    the answer, which says that a request ended, and the connection of whichever is under way would be cut.
    """

    def __del__(self) -> None:
        SpooledTemporaryFile.close(self)


class Incomplete(Exception):
    """Raised by whoever makes the rows of a file that holds fewer than there are; its sentence becomes the last row."""

    @classmethod
    def after(cls, rows: int) -> "Incomplete":
        words = _(
            "This file is incomplete: it holds the first %(rows)d rows. Narrow the list and download it in parts."
        )
        return cls(words % {"rows": rows})


def where() -> list[str]:
    """The headings of `whereabouts`."""
    return [_("Id"), _("Link")]


def whereabouts(thing: Any) -> list[Any]:
    """By what a row is found again: the id that does not change, and the address of its page."""
    return [getattr(thing, "slug", "") or thing.pk, settings.SITE_URL + thing.get_absolute_url()]


def each(things: QuerySet[Any]) -> Iterator[Any]:
    """Read while the file is made: of however many, some are in memory with what is fetched beside them."""
    return things.iterator(AT_ONCE)


def slices(things: QuerySet[Any]) -> Iterator[list[Any]]:
    """As `each`, for what is asked of many at a time."""
    rest = each(things)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def about_one(rows: Iterable[Row], pk: Any, address: str) -> Iterator[list[Any]]:
    """A table whose rows are all about one thing, each with its id and address; the heading first."""
    lines = iter(rows)
    yield [*next(lines), *where()]
    for line in lines:
        yield [*line, pk, settings.SITE_URL + address]


def table_response(rows: Iterable[Row], name: str, form: str) -> FileResponse | StreamingHttpResponse:
    """As "csv" or as "xlsx"; `name` without its ending."""
    return xlsx_response(rows, f"{name}.xlsx") if form == "xlsx" else csv_response(rows, f"{name}.csv")


def csv_response(rows: Iterable[Row], name: str) -> StreamingHttpResponse:
    language, zone = translation.get_language(), timezone.get_current_timezone()
    response = StreamingHttpResponse(_pieces(_begun(rows), language, zone), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def xlsx_response(rows: Iterable[Row], name: str) -> FileResponse:
    """One sheet, its first row a heading that stays; numbers stay numbers. Never more than a row in memory."""
    file = _Kept(IN_MEMORY)
    with xlsxwriter.Workbook(file, WORKBOOK) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 42)
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.add_write_handler(datetime, partial(_write_moment, moments))
        for number, row in enumerate(_bounded(_to_the_end(_begun(rows), defused))):
            sheet.write_row(number, 0, row, None if number else heading)
    file.seek(0)
    response = FileResponse(file, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _write_moment(looks: Any, sheet: Any, row: int, column: int, moment: datetime, _looks: Any = None) -> int:
    """In the reader's zone, as in a CSV file."""
    written: int = sheet.write_datetime(row, column, _here(moment).replace(tzinfo=None), looks)
    return written


def _here(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _in_csv(value: Any) -> Any:
    return f"{_here(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else defused_in_csv(value)


def _begun(rows: Iterable[Row]) -> Iterator[Row]:
    """With the heading made: what refuses the whole file does so before any of it is sent."""
    rest = iter(rows)
    return chain([row] if (row := next(rest, None)) is not None else [], rest)


def _to_the_end(rows: Iterator[Row], defused: Callable[[Any], Any]) -> Iterator[list[Any]]:
    """The cells of each row. Where reading fails midway, the last row says that the file is incomplete."""
    done = -1  # the heading is no row
    try:
        with transaction.atomic():  # what failed in it leaves the transaction around it usable
            for row in rows:
                done += 1
                yield [defused(value) for value in row]
    except Incomplete as reason:
        yield [str(reason)]
    except Exception:
        log.exception("A download broke off after %d rows", done)
        words = _("This file is incomplete: the portal could not read on after %(rows)d rows. Download it again.")
        yield [words % {"rows": max(done, 0)}]


def _bounded(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """What fits into a sheet."""
    is_cut = False
    for number, row in enumerate(rows, 1):
        if number == MOST_ROWS:
            yield [str(Incomplete.after(MOST_ROWS - 2))]
            return
        is_cut = is_cut or any(isinstance(value, str) and len(value) > LONGEST for value in row)
        yield [_shortened(value) for value in row]
    if is_cut:
        yield [_("This file is incomplete: texts that are longer than a cell may be are cut. The CSV file holds them.")]


def _shortened(value: Any) -> Any:
    return f"{value[: LONGEST - 1]}…" if isinstance(value, str) and len(value) > LONGEST else value


def _pieces(rows: Iterator[Row], language: str | None, zone: tzinfo) -> Iterator[str]:
    """Sent after the view has returned, so in its language and zone once more; the middleware brings the scope back."""
    piece = StringIO("\ufeff")  # without it a spreadsheet reads accents wrongly
    piece.seek(1)
    writer = csv.writer(piece)
    with translation.override(language), timezone.override(zone):
        for number, row in enumerate(_to_the_end(rows, _in_csv), 1):
            writer.writerow(row)
            if number % PIECE == 0:
                yield piece.getvalue()
                piece.seek(0)
                piece.truncate()
        yield piece.getvalue()
