"""Lists that are read page by page: after the last row that was seen, not by counting rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest

PAGE = 30
BEFORE = "before"


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next_url: str
    previous_url: str


def page_of(
    request: HttpRequest, rows: Any, *, column: str, size: int = PAGE, among: Callable[[Any, int], Any] | None = None
) -> Page:
    """`rows` newest first by `column`; `?before=` names the last row of the page before.

    `among` narrows them to some that hold the newest, as many as it is told: where an index finds those sooner.
    """
    before = request.GET.get(BEFORE, "")
    query = urlencode([(name, value) for name, value in request.GET.items() if name != BEFORE and value])
    if before.isdecimal() and len(before) < 19:
        rows = _after(rows, int(before), column)
    if among:
        rows = among(rows, size + 1)
    found = list(rows.order_by(f"-{column}", "-pk")[: size + 1])
    next_url = f"?{BEFORE}={found[size - 1].pk}&{query}".rstrip("&") if len(found) > size else ""
    return Page(found[:size], next_url, f"?{query}" if before else "")


def _after(rows: Any, pk: int, column: str) -> Any:
    at = rows.filter(pk=pk).values_list(column, flat=True).first()
    return rows.filter(Q(**{f"{column}__lt": at}) | Q(**{column: at, "pk__lt": pk})) if at else rows
