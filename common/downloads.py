"""Tables as CSV files: streamed row by row, and never a formula to whoever opens them in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def _lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    yield "\ufeff"  # without it a spreadsheet reads accents wrongly
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([defused(value) for value in row])
