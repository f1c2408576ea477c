"""Alerts counted by incident class and by something else: a month, a country, a sector. One query for each table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from csirt_network.rsit import CLASSES, FOR_TESTS, types_of

CODES = tuple(code for code in CLASSES if code != FOR_TESTS)


@dataclass(frozen=True)
class Row:
    """Of one class: a number for each column of its table, None where it is withheld."""

    label: str
    numbers: Sequence[int | None]


@dataclass(frozen=True)
class Table:
    """`key` names it in addresses; classes of which there is nothing are left out."""

    key: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Row]


def of_class(code: str) -> Q:
    return Q(rsit__overlap=[code, *(one.code for one in types_of(code))])


def classes_by(alerts: Any, what: Any) -> dict[Any, Sequence[int]]:
    """By the values of `what`, a number for each of CODES. An alert of several classes counts once in each."""
    asked = {f"n{n}": Count("pk", filter=of_class(code)) for n, code in enumerate(CODES)}
    return {value: numbers for value, *numbers in alerts.order_by().values_list(what).annotate(**asked)}


def table(
    key: str,
    title: str,
    columns: Mapping[Any, str],
    found: Mapping[Any, Sequence[int]],
    shown: Callable[[int], int | None],
) -> Table:
    """`columns`: the values in their order, each with its name; `shown` withholds what is too small to be said."""
    rows = []
    for n, code in enumerate(CODES):
        numbers = [found[value][n] if value in found else 0 for value in columns]
        if any(numbers):
            rows.append(Row(CLASSES[code].name, [shown(number) for number in numbers]))
    return Table(key, title, list(columns.values()), rows)
