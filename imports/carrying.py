"""Line by line through the forms and actions of the pages: a dry run is the same run, taken back at its end."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from documents.refusal import Refused as RefusedFile
from imports.kinds.base import ID, Kind, RowRefused
from imports.reading import Cell, Line
from review.actions import Refused

Row = dict[str, Any]
Faults = list[list[str]]
Tell = Callable[[int, int], None]  # how many rows are done, of how many


def in_silence(_done: int, _total: int) -> None:
    """For tables that are over before anybody could ask."""


def columns_of(kind: Kind, line: Line) -> list[str]:
    """By place; empty for what is only told. Raises the Refused of documents."""
    try:
        found = [kind.column_of(cell.text) if cell.text else "" for cell in line.cells]
    except ValidationError as error:
        raise RefusedFile(error.messages[0]) from error
    if twice := next((name for name in found if name and found.count(name) > 1), ""):
        raise RefusedFile(_("The column “%(name)s” is there twice.") % {"name": twice})
    if not any(found):
        raise RefusedFile(_("The first row has none of the headings. Take those of the template."))
    return found


class Carried:
    """What became of each line. `made` is [line, address] of what was added."""

    def __init__(self, kind: Kind, lines: list[Line], tell: Tell = in_silence) -> None:
        self.kind, self.seen = kind, dict[str, int]()
        self.made: list[list[Any]] = []
        headings, *rest = lines
        self.columns = columns_of(kind, headings)
        self.rows: list[Row] = []
        for done, line in enumerate(rest):
            tell(done, len(rest))
            self.rows.append(self._row(line))
        if not any(row["result"] == "refused" for row in self.rows):
            kind.finish()

    def _row(self, line: Line) -> Row:
        cells = {name: cell for name, cell in zip(self.columns, line.cells, strict=False) if name}
        texts = {name: self._canonical(name, cell.text) for name, cell in cells.items()}
        row: Row = {"line": line.number, "id": texts.pop(ID, ""), "what": "", "cells": [], "errors": []}
        row["what"] = self.kind.called({"id": row["id"], **texts})[:150]
        try:
            with transaction.atomic():
                row["result"] = self._carried(row, texts, _faults(cells))
                if row["result"] == "refused":
                    transaction.set_rollback(True)
        except RowRefused as refusal:
            _refuse(row, refusal.column, str(refusal))
        except (Refused, IntegrityError) as refusal:
            is_ours = isinstance(refusal, Refused)
            _refuse(row, "", str(refusal) if is_ours else _("The portal does not take this row as it is."))
        return row

    def _canonical(self, name: str, text: str) -> str:
        column = self.kind.by_name.get(name)
        return column.codec.canonical(text) if column else text

    def _carried(self, row: Row, texts: dict[str, str], faults: Faults) -> str:
        kind, thing = self.kind, self._thing(row, texts)
        before = kind.texts(thing) if thing else {}
        if thing:
            row["what"] = kind.called({"id": row["id"], **before})[:150] or row["what"]
        if faults:
            row["errors"] = faults
            return "refused"
        if thing and all(before[name] == text for name, text in texts.items()):
            return "same"
        return self._saved(row, thing, before, texts)

    def _saved(self, row: Row, thing: Any, before: dict[str, str], texts: dict[str, str]) -> str:
        kind = self.kind
        data, row["errors"] = self._data(before, texts, thing)
        form = kind.form(thing, data)
        for column in kind.columns:
            column.codec.settle(form.fields[column.name])
        is_valid = form.is_valid()
        row["errors"] += [list(fault) for fault in _problems(form, kind, {name for name, _why in row["errors"]})]
        if row["errors"] or not is_valid:
            return "refused"
        after = {column.name: column.codec.text(form.cleaned_data.get(column.name)) for column in kind.columns}
        both = [[name, before.get(name, ""), text] for name, text in after.items()]
        row["cells"] = [cell for cell in both if cell[1] != cell[2]]
        if thing is None:
            made = kind.add(form)
            self.made.append([row["line"], _address(made)])
            return "new"
        if not row["cells"]:
            return "same"
        kind.check(thing)
        kind.change(thing, form, {name for name, _old, _new in row["cells"]})
        return "changed"

    def _data(self, before: dict[str, str], texts: dict[str, str], thing: Any) -> tuple[dict[str, Any], Faults]:
        """Columns that the file does not have stay as they are; of what is new, as the page begins it."""
        found, faults = self.kind.data(before | texts)
        if thing is None:
            found = self._begun | found
        return found | self.kind.besides(thing), [list(fault) for fault in faults]

    @cached_property
    def _begun(self) -> dict[str, Any]:
        form = self.kind.form()
        begun = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        return {name: value for name, value in begun.items() if value is not None}

    def _thing(self, row: Row, texts: dict[str, str]) -> Any:
        """What the row is about; None for something new. Raises RowRefused."""
        kind = self.kind
        pk = row["id"] or kind.id_known(texts)
        key = pk or kind.natural(texts)
        if key and (line := self.seen.get(key)):
            raise RowRefused(_("Row %(line)d of this file is about the same one.") % {"line": line})
        if key:
            self.seen[key] = row["line"]
        if not pk:
            return None
        if (thing := kind.with_id(pk)) is None:
            raise RowRefused(_("There is none with this id. Leave the id empty to add one."), ID)
        row["id"] = pk
        return thing


def _faults(cells: dict[str, Cell]) -> Faults:
    return [[name, cell.fault] for name, cell in cells.items() if cell.fault]


def _refuse(row: Row, column: str, why: str) -> None:
    row["result"], row["cells"] = "refused", []
    row["errors"] = [[column, why]]


def _problems(form: Any, kind: Kind, told: set[str]) -> Iterator[tuple[str, str]]:
    """The sentences of the form, each at its column; not of cells that could not even be read."""
    for field, errors in form.errors.items():
        if field not in told:
            yield from ((field if field in kind.by_name else "", str(error)) for error in errors)


def _address(made: Any) -> str:
    return made.get_absolute_url() if hasattr(made, "get_absolute_url") else ""
