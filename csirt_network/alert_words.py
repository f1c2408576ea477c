"""An alert in words: in which language, under which label, about what."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from common.tlp import ACTIONS, READERS, SHARING
from common.translated import suffix
from csirt_network import rsit
from csirt_network.models import Alert

NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•–])\s+")


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    is_shown: bool


@dataclass(frozen=True)
class Words:
    """The texts of an alert in one language."""

    alert: Alert
    code: str

    @property
    def title(self) -> str:
        return self._text("title") or self.alert.title_in_any

    @property
    def happening(self) -> str:
        return self._text("happening")

    @property
    def steps(self) -> list[str]:
        """What to do, a step per line, without the numbers or dashes it was typed with."""
        return [NUMBERED.sub("", line).strip() for line in self._text("to_do").splitlines() if line.strip()]

    def _text(self, name: str) -> str:
        return str(getattr(self.alert, f"{name}_{suffix(self.code)}"))


def languages_of(alert: Alert) -> list[str]:
    """Those there is a text in; the one it was written in when there is none at all."""
    found = [
        code
        for code, _name in settings.LANGUAGES
        if getattr(alert, f"title_{suffix(code)}") or getattr(alert, f"happening_{suffix(code)}")
    ]
    return found or [alert.language]


def words_of(alert: Alert, wanted: str = "") -> Words:
    """In the language asked for, the reader's own, the one it was written in, or any there is: in this order."""
    there = languages_of(alert)
    tried = (wanted, get_language() or "", alert.language, there[0])
    return Words(alert, next(code for code in tried if code in there))


def choice_of_languages(alert: Alert, shown: str) -> list[Language]:
    names = dict(settings.LANGUAGES)
    return [Language(code, str(names.get(code, code)), code == shown) for code in languages_of(alert)]


def incidents(alert: Alert) -> list[str]:
    """Its types in the reader's language; a type that the taxonomy does not know stays as it is."""
    return [str(_incident(code)) for code in alert.rsit]


def _incident(code: str) -> object:
    if code in rsit.TYPES:
        return rsit.TYPES[code].name
    return rsit.CLASSES[code].name if code in rsit.CLASSES else code


def sharing(alert: Alert) -> str:
    return str(SHARING[alert.tlp])


def readers(alert: Alert) -> str:
    return str(READERS[alert.tlp])


def actions(alert: Alert) -> str:
    return str(ACTIONS[alert.pap])
