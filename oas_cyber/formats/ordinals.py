"""The first of a month has a name of its own: 1er décembre in French, 1º de dezembro in Portuguese, "S" in a format.

Django's "S" knows English alone, whatever the active language.
"""

from typing import Any

from django.utils.dateformat import DateFormat
from django.utils.translation import get_language

FIRST = {"fr": "er", "pt": "º"}

_english = DateFormat.S


def ordinal(day: Any) -> str:
    language = (get_language() or "en").partition("-")[0]
    if language == "en":
        return str(_english(day))
    return FIRST.get(language, "") if day.data.day == 1 else ""


def learn() -> None:
    DateFormat.S = ordinal  # type: ignore[method-assign,assignment]
