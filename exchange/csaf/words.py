"""What an alert says, as notes of CSAF 2.0 (section 3.1.8): in each language it has, and nothing else."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from common.tlp import ACTIONS, SHARING
from common.translated import suffix
from csirt_network import alert_words
from csirt_network.alert_words import Words
from csirt_network.models import Alert

Note = dict[str, str]
LANGUAGES: dict[str, Any] = dict(settings.LANGUAGES)


def main_language(alert: Alert) -> str:
    """The one it was written in, where there are words in it."""
    there = alert_words.languages_of(alert)
    return alert.language if alert.language in there else there[0]


def title_of(alert: Alert) -> str:
    """In the main language. An exercise says so first."""
    words = Words(alert, main_language(alert))
    return _("Exercise: %(title)s") % {"title": words.title} if alert.is_exercise else words.title or alert.code


def notes_of(alert: Alert) -> list[Note]:
    main = main_language(alert)
    others = [code for code in alert_words.languages_of(alert) if code != main]
    notes = [note for code in (main, *others) for note in _in_language(alert, code, is_main=code == main)]
    with translation.override(main):
        return [*notes, *_common(alert)]


def _in_language(alert: Alert, code: str, *, is_main: bool) -> Iterator[Note]:
    """The heading is in the language of its text, and names it where it is not that of the document."""
    words = Words(alert, code)
    with translation.override(code):
        if not is_main and (title := getattr(alert, f"title_{suffix(code)}")):
            yield note("general", _named(_("Title"), code), title)
        happening, to_do = _("What is happening"), _("What to do now")
        if words.happening:
            yield note("summary", happening if is_main else _named(happening, code), words.happening)
        if words.steps:
            yield note("details", to_do if is_main else _named(to_do, code), steps_of(words))


def steps_of(words: Words) -> str:
    """What to do, as one text."""
    steps = words.steps
    return steps[0] if len(steps) == 1 else "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))


def _common(alert: Alert) -> Iterator[Note]:
    yield note("general", _("Kind"), str(alert.get_kind_display()))
    if alert.rsit:
        yield note("general", _("Incident types"), "; ".join(alert_words.incidents(alert)))
    if alert.products:
        yield note("general", _("Affected products"), alert.products)


def note(category: str, title: str, text: str) -> Note:
    return {"category": category, "title": title, "text": text}


def sharing_of(alert: Alert) -> str:
    """The label of TLP 2.0, which CSAF 2.0 has no word for, and what it and PAP mean."""
    labels = f"{alert.get_tlp_display()}. {SHARING[alert.tlp]}", f"{alert.get_pap_display()}. {ACTIONS[alert.pap]}"
    return " ".join(labels)


def _named(heading: str, code: str) -> str:
    return f"{heading} ({LANGUAGES.get(code, code)})"
