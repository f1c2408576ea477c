"""Words kept in four columns (name_en, name_es, name_fr, name_pt_br) and read in the reader's language.

The columns are written out in the model, so that migrations, forms and searches see plain fields:

    name_en = models.CharField(max_length=200)
    name_es = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200)
    name_pt_br = models.CharField(max_length=200)
    name = Translated("name")
"""

from typing import Self, overload

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.translation import get_language

SUFFIXES = ("en", "es", "fr", "pt_br")
SUFFIX_OF_LANGUAGE = {"en": "en", "es": "es", "fr": "fr", "pt": "pt_br"}


def suffix(language: str | None = None) -> str:
    """The column suffix of a language, or of the active one: pt-br gives pt_br, es-419 es, none en."""
    code = language or get_language() or "en"
    return SUFFIX_OF_LANGUAGE.get(code.lower().replace("_", "-").split("-")[0], "en")


class Translated:
    """Reads the column of the active language, or the English one while that is empty; `or_any`: or any other."""

    def __init__(self, prefix: str, *, or_any: bool = False) -> None:
        self.prefix, self.others = prefix, SUFFIXES if or_any else ("en",)

    @overload
    def __get__(self, row: None, model: type) -> Self: ...

    @overload
    def __get__(self, row: object, model: type) -> str: ...

    def __get__(self, row: object | None, model: type) -> Self | str:
        if row is None:
            return self
        text: str = getattr(row, f"{self.prefix}_{suffix()}")
        return text or next(filter(None, (getattr(row, f"{self.prefix}_{other}") for other in self.others)), "")

    def __set__(self, row: object, text: str) -> None:
        raise AttributeError(f"Set {self.prefix}_en, {self.prefix}_es, {self.prefix}_fr or {self.prefix}_pt_br.")


def translated(prefix: str) -> Combinable:
    """The same reading in a query: `values_list(translated("state__name"))`."""
    english = F(f"{prefix}_en")
    if suffix() == "en":
        return english
    own = NullIf(F(f"{prefix}_{suffix()}"), Value(""), output_field=TextField())
    return Coalesce(own, english, output_field=TextField())


def by_name(prefix: str = "name") -> Func:
    """Alphabetical order in the active language for short lists: `order_by(by_name(), "pk")`.

    The database knows no language's alphabet, so accents and case are set aside (extension unaccent).
    """
    return Func(Lower(translated(prefix)), function="unaccent", output_field=TextField())
