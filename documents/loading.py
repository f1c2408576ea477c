"""Brings published data into the tables again and again without undoing what somebody corrected meanwhile.

What a load wrote is remembered per row (``documents.Loaded``). A later load changes a column only while it still
holds what the load before it wrote; a row that somebody deleted stays deleted.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from documents.models import Loaded

Columns = Mapping[str, Any]


class Change(NamedTuple):
    """How many rows a load read, added and changed."""

    rows: int
    added: int
    changed: int

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as sheet:
        yield from csv.DictReader(sheet)


def load(standing: QuerySet[Any], rows: Sequence[tuple[str, Columns]], *, found_by: tuple[str, ...]) -> Change:
    """Takes in rows as (key, columns): the key is what a row is called in its file, and never changes.

    A row never loaded before that stands already, equal in the columns `found_by`, is taken for the one meant and
    left as it is.
    """
    model = standing.model
    ledger = {entry.key: entry for entry in Loaded.objects.filter(model=model._meta.label_lower)}
    there = {row.pk: row for row in standing}
    known = [(ledger[key], columns) for key, columns in rows if key in ledger]
    new = [(key, columns) for key, columns in rows if key not in ledger]
    changed = [row for entry, columns in known if (row := _catch_up(entry, there.get(entry.object_id), columns))]
    added = _add(model, new, {_identity(row, found_by): row for row in there.values()}, found_by)
    if changed:
        model._base_manager.bulk_update(changed, sorted({c for _, columns in known for c in columns}))
    return Change(len(rows), added, len(changed))


def _catch_up(entry: Loaded, row: Model | None, columns: Columns) -> Model | None:
    """Gives `row` what is new in its file, but for columns that somebody corrected; None when that is nothing."""
    if row is None:
        return None
    wanted = type(row)(**columns)
    news = [c for c in columns if _value(wanted, c) != _remembered(entry, row, c)]
    mine = [c for c in news if c not in entry.values or _value(row, c) == _remembered(entry, row, c)]
    for column in mine:
        attribute = row._meta.get_field(column).attname  # type: ignore[union-attr]
        setattr(row, attribute, getattr(wanted, attribute))
    if news:
        entry.values |= {c: _value(wanted, c) for c in news}
        entry.save(update_fields=["values"])
    return row if mine else None


def _add(model: type[Model], new: list[tuple[str, Columns]], there: dict[Any, Model], found_by: tuple[str, ...]) -> int:
    wanted = [(key, columns, model(**columns)) for key, columns in new]
    missing = [row for _, _, row in wanted if _identity(row, found_by) not in there]
    model._base_manager.bulk_create(missing)
    there |= {_identity(row, found_by): row for row in missing}
    Loaded.objects.bulk_create(
        Loaded(
            model=model._meta.label_lower,
            key=key,
            object_id=there[_identity(row, found_by)].pk,
            values={c: _value(row, c) for c in columns},
        )
        for key, columns, row in wanted
    )
    return len(missing)


def _value(row: Model, column: str) -> Any:
    field: Any = row._meta.get_field(column)
    return field.to_python(getattr(row, field.attname))


def _remembered(entry: Loaded, row: Model, column: str) -> Any:
    field: Any = row._meta.get_field(column)
    return field.to_python(entry.values.get(column))


def _identity(row: Model, found_by: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(_value(row, column) for column in found_by)
