"""Between what stands in a cell and what a field of a form takes and gives: in any of the four languages."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

SEVERAL = "; "
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
YES = {"yes", "y", "si", "oui", "sim", "true", "1", "x"}
NO = {"no", "n", "non", "nao", "false", "0", ""}


def spelled(text: str) -> str:
    """Small letters without accents, one blank between words."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("_", " ").replace("’", "'"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def in_all_languages(words: Any) -> set[str]:
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(spelled(str(words)))
    return found


def id_of(thing: Any) -> str:
    """By what a thing is named in a table: an id that does not change."""
    return str(getattr(thing, "slug", "") or getattr(thing, "key", "") or getattr(thing, "email", "") or thing.pk)


class Codec:
    """For one field, as long as a table is read."""

    def __init__(self, field: Any) -> None:
        self.field = field
        self.queryset: Any = getattr(field, "queryset", None)
        self.choices: Any = [] if self.queryset is not None else getattr(field, "choices", [])
        self.several = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
        self.ids: dict[Any, str] = {}  # what is written of what the form is given
        self.things: dict[Any, Any] = {}  # what the form would ask for, by what it is given
        self.words = self._words()

    def _words(self) -> dict[str, Any]:
        if isinstance(self.field, forms.ModelChoiceField):  # those of several things are a kind of these
            things = list(self.queryset)
            self.ids = {thing.pk: id_of(thing) for thing in things}
            self.things = {thing.pk: thing for thing in things}
            named = {word: thing.pk for thing in things for word in in_all_languages(thing)}
            return named | {spelled(id_of(thing)): thing.pk for thing in things}
        if isinstance(self.field, forms.ChoiceField):
            pairs = [pair for pair in _flat(self.choices) if pair[0] not in ("", None)]
            named = {word: str(code) for code, label in pairs for word in in_all_languages(label)}
            return named | {spelled(str(code)): str(code) for code, _label in pairs}
        return {}

    def settle(self, field: Any) -> None:
        """What was read once for the whole table is not asked for row by row."""
        if self.things:
            asked = field.clean
            field.clean = lambda given: self._held(given) or asked(given)

    def _held(self, given: Any) -> Any:
        if self.several:
            return [self.things[pk] for pk in given] if given and all(pk in self.things for pk in given) else None
        return self.things.get(given)

    def data(self, text: str) -> Any:
        """What the form is given. Raises ValidationError with a sentence."""
        if isinstance(self.field, forms.BooleanField):
            return _yes_or_no(text)
        if isinstance(self.field, forms.DateField) and text and not DAY.fullmatch(text):
            raise ValidationError(_("Write the day as 2026-11-30: year, month, day."))
        if not isinstance(self.field, forms.ChoiceField | forms.ModelChoiceField):
            return text
        if self.several:
            return [self._code(part.strip()) for part in text.split(";") if part.strip()]
        return self._code(text) if text else ""

    def _code(self, text: str) -> Any:
        if (found := self.words.get(spelled(text))) is not None:
            return found
        raise ValidationError(
            _("“%(text)s” is none of the values this column may have. They are listed beside the template.")
            % {"text": text[:40]}
        )

    def canonical(self, text: str) -> str:
        """As `text` writes it, however it was spelled; what cannot be read stays."""
        if isinstance(self.field, forms.BooleanField):
            word = spelled(text)
            return "yes" if word in YES else "no" if word in NO else text
        if not self.words:
            return text
        if not self.several:
            return self._written(text)
        return SEVERAL.join(sorted(self._written(part.strip()) for part in text.split(";") if part.strip()))

    def _written(self, text: str) -> str:
        code = self.words.get(spelled(text))
        return text if code is None else self.ids.get(code, str(code))

    def text(self, value: Any) -> str:
        """Of what the form gives, or of what is kept."""
        if value is None or value == "":
            return ""
        if isinstance(self.field, forms.BooleanField):
            return "yes" if value else "no"
        if self.several:
            return SEVERAL.join(sorted(id_of(one) if hasattr(one, "pk") else str(one) for one in value))
        if isinstance(self.field, forms.ModelChoiceField):
            return id_of(value)
        if isinstance(value, date):
            return value.isoformat()
        return f"{value:%H:%M}" if isinstance(value, time) else str(value).replace("\r\n", "\n").strip()

    def values(self) -> list[tuple[str, str]]:
        """(what to write, what it means) for the page; of things that are many, none."""
        if isinstance(self.field, forms.BooleanField):
            return [("yes", _("Yes")), ("no", _("No"))]
        if isinstance(self.field, forms.ModelChoiceField):
            return [(id_of(thing), str(thing)) for thing in self.queryset[:60]]
        if isinstance(self.field, forms.ChoiceField):
            pairs = [(str(code), str(label)) for code, label in _flat(self.choices) if code not in ("", None)]
            return pairs if len(pairs) <= 60 else []
        return []


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label


def _yes_or_no(text: str) -> bool:
    word = spelled(text)
    if word not in YES | NO:
        raise ValidationError(_("Write yes or no."))
    return word in YES
