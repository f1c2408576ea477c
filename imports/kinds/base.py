"""What a kind of table is: its columns are the fields of the form that the page uses, and its rows are saved by the
actions that the page uses. No rule stands here that a page does not have."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from imports.cells import Codec, in_all_languages, spelled

ID = "id"


class RowRefused(Exception):
    """Nothing of this row may be done; the sentence says why, and the column where."""

    def __init__(self, why: str, column: str = "") -> None:
        super().__init__(why)
        self.column = column


@dataclass(frozen=True)
class Column:
    name: str
    label: str | Promise
    codec: Codec

    @property
    def heading(self) -> str:
        return str(capfirst(str(self.label)))

    @property
    def is_required(self) -> bool:
        return bool(self.codec.field.required)

    @property
    def help(self) -> str:
        return str(self.codec.field.help_text)

    @cached_property
    def words(self) -> set[str]:
        return in_all_languages(self.label) | {spelled(self.name)}


class Kind(ABC):
    """One reading of a table, by one person."""

    code = ""
    names_people = False
    gives_roles = False  # by people who have proven just now who they are, as on the page
    # Columns that are downloaded for the eye, and left alone when they come back: each with its heading.
    told: ClassVar[dict[str, str | Promise]] = {}

    def __init__(self, by: Any, of: Any = None) -> None:
        self.by, self.of = by, of

    @classmethod
    @abstractmethod
    def may(cls, user: Any) -> bool:
        """Who may edit these by hand."""

    @abstractmethod
    def about(self) -> str:
        """Two sentences for the page: what a row without an id does, and what this import leaves alone."""

    @abstractmethod
    def form(self, thing: Any = None, data: Any = None) -> Any:
        """The one of the page."""

    def names(self) -> Iterable[str]:
        return list(self.form().fields)

    @abstractmethod
    def things(self) -> Iterable[Any]:
        """All that is there, as the reader may change it."""

    def values(self, thing: Any) -> dict[str, Any]:
        """What is kept, by column."""
        return {column.name: getattr(thing, column.name) for column in self.columns}

    def told_of(self, thing: Any) -> dict[str, str]:
        return {}

    def id(self, thing: Any) -> str:
        return str(thing.slug)

    @abstractmethod
    def called(self, cells: dict[str, str]) -> str:
        """How a row is named for people."""

    def natural(self, cells: dict[str, str]) -> str:
        """By what a row without an id is known again; empty when it never is."""
        return ""

    @abstractmethod
    def add(self, form: Any) -> Any:
        """By the action of the page; what came of it is returned."""

    @abstractmethod
    def change(self, thing: Any, form: Any, changed: set[str]) -> None:
        """By the action of the page; `changed` are the columns that differ."""

    def check(self, thing: Any) -> None:  # noqa: B027 - most kinds refuse nothing here
        """Raises RowRefused for what this person may not change."""

    def finish(self) -> None:  # noqa: B027 - most kinds are done with their rows
        """What is done once for all rows."""

    def besides(self, thing: Any) -> dict[str, Any]:
        """What the form wants to be sent besides its columns."""
        return {}

    # What all kinds have in common ------------------------------------------------------------------------------

    @cached_property
    def columns(self) -> list[Column]:
        form = self.form()
        return [Column(name, form.fields[name].label or name, Codec(form.fields[name])) for name in self.names()]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def kept(self) -> dict[str, Any]:
        return {self.id(thing): thing for thing in self.things()}

    @cached_property
    def known(self) -> dict[str, str]:
        """Ids by what is known of things without them; what two have in common tells neither."""
        named = [(self.natural(self.texts(thing)), pk) for pk, thing in self.kept.items()]
        often = Counter(key for key, _pk in named)
        return {key: pk for key, pk in named if key and often[key] == 1}

    def with_id(self, pk: str) -> Any:
        """What is there under this id, as it was before the table; None when nothing is."""
        return self.kept.get(pk)

    def id_known(self, cells: dict[str, str]) -> str:
        """Of what a row without an id is about; empty for something new."""
        return self.known.get(self.natural(cells), "")

    def texts(self, thing: Any) -> dict[str, str]:
        values = self.values(thing)
        return {column.name: column.codec.text(values[column.name]) for column in self.columns}

    def column_of(self, heading: str) -> str:
        """The name of the column; empty for what is only told. Raises ValidationError for what nobody knows."""
        word = spelled(heading)
        if word in {spelled(ID), *in_all_languages(_("Id"))}:
            return ID
        for column in self.columns:
            if word in column.words:
                return column.name
        if any(word == spelled(name) or word in in_all_languages(told) for name, told in self.told.items()):
            return ""
        raise ValidationError(
            _("No column is called “%(heading)s”. Use the headings of the template, or leave the column out.")
            % {"heading": heading[:60]}
        )

    def data(self, texts: dict[str, str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """What the form is given, and what could not be read."""
        found, errors = {}, []
        for name, text in texts.items():
            try:
                found[name] = self.by_name[name].codec.data(text)
            except ValidationError as error:
                errors.append((name, error.messages[0]))
        return found, errors
