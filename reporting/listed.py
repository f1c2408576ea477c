"""Names in a row, and languages by name, in the active language."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

MOST_NAMES = 3


def people_list(people: Sequence[Any]) -> str:
    names = [str(person) for person in people]
    more = len(names) - MOST_NAMES
    if more > 1:
        names = [*names[:MOST_NAMES], ngettext("%(n)s more", "%(n)s more", more) % {"n": more}]
    return listed(names)


def language_list(languages: list[str]) -> str:
    names = language_names()
    return listed([names[language] for language in names if language in languages])


def language_names() -> dict[str, str]:
    return {
        "en": gettext("English"),
        "es": gettext("Spanish"),
        "fr": gettext("French"),
        "pt-br": gettext("Portuguese"),
    }


def listed(names: list[str]) -> str:
    """Commas between, and a word before the last."""
    if len(names) < 2:
        return "".join(names)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
