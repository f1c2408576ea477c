"""What a set of open data is: its columns, and its rows as a visitor may read them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.translated import SUFFIXES
from documents.models import Source

Words = str | Promise
Row = list[Any]
# The types of the Table Schema (Frictionless Data, 1.0).
TEXT, NUMBER, WHOLE, YES_NO, DAY = "string", "number", "integer", "boolean", "date"
LANGUAGE_OF = {"en": _("in English"), "es": _("in Spanish"), "fr": _("in French"), "pt_br": _("in Portuguese")}


@dataclass(frozen=True)
class Column:
    name: str
    about: Words
    type: str = TEXT
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """`rows` is given who asks, always a visitor, and yields a value for each column.

    `of_others`: what publishers elsewhere have counted. Their licences hold, and each row names its source.
    """

    slug: str
    title: Words
    about: Words
    columns: tuple[Column, ...]
    rows: Callable[[Any], Iterable[Row]]
    page: str = ""  # the route of the page that shows the same
    key: tuple[str, ...] = ("id",)
    of_others: bool = False
    cautions: tuple[Words, ...] = field(default=())

    def sources(self, rows: list[Row]) -> QuerySet[Source]:
        """What these rows name in their column `source`."""
        at = next((number for number, column in enumerate(self.columns) if column.name == "source"), None)
        keys = {row[at] for row in rows if row[at]} if at is not None else set()
        return Source.objects.filter(key__in=keys)


def four(name: str, about: Words) -> tuple[Column, ...]:
    """A text in four languages, a column each. Empty where nobody has written it."""
    return tuple(Column(f"{name}_{suffix}", about) for suffix in SUFFIXES)


def texts(row: Any, name: str) -> list[str]:
    return [getattr(row, f"{name}_{suffix}") for suffix in SUFFIXES]


def listed(values: Iterable[Any]) -> str:
    """Several values in one cell, as every dataset writes them."""
    return "; ".join(map(str, values))


def day(value: Any) -> str | None:
    return f"{value:%Y-%m-%d}" if value else None


def address(row: Any) -> str:
    """Where people read it: without a language, so that it opens in theirs."""
    return settings.SITE_URL + row.get_absolute_url()


PAGE = Column("page", _("Where it is read in the portal."))
SOURCE = Column("source", _("Key of the source, as the dataset of sources gives it."))
