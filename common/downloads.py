"""Tables as CSV files, streamed row by row, and as workbooks: never a formula to whoever opens them."""

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # some spreadsheets narrow the wide ones


class _Line:
    """What the writer of a row needs: it hands the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def defused(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    text = "" if value is None else value
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text


def csv_response(rows: Iterable[Iterable[Any]], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


WORKBOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_response(rows: Iterable[Iterable[Any]], name: str) -> HttpResponse:
    """One sheet, its first row a heading that stays; numbers stay numbers."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, WORKBOOK) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 42)
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [defused(value) for value in row], None if number else heading)
    response = HttpResponse(content.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    yield "\ufeff"  # without it a spreadsheet reads accents wrongly
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([defused(value) for value in row])
