"""What the writer and the reader of the form agree on: names of columns, codes of rows, words for choices."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from capability.drafts import Item
from capability.forms import form_for
from capability.models import Stage, Update
from capability.questions import THREATS

CODE, ANSWER, STAGE, STILL, TEXT, LINK = "code", "answer", "stage", "still", "text", "link"
LEVEL, TREND, SOURCE, REVISION = "level", "trend", "source", "revision"

COLUMNS = {
    CODE: _("Code"),
    ANSWER: _("Answer"),
    STAGE: _("Stage today"),
    STILL: _("Still true?"),
    TEXT: _("What changed"),
    LINK: _("Link to evidence"),
    LEVEL: _("Level"),
    TREND: _("Trend"),
    SOURCE: _("Source"),
    REVISION: _("Revision"),
}
FORM_OF, FORM_EDITION = "form.update", "form.edition"
YES = {"yes": _("Yes"), "no": _("No")}
NOT_KNOWN = _("Not known")
PUNCTUATION = re.compile(r"[\s.:;,?()–—-]+")


def form_key(update: Update) -> str:
    """Which update a form is of, as its first sheet says."""
    return f"{update.state.slug} {update.round.slug}" if update.round else ""


def in_every_language(words: Any) -> set[str]:
    """`words` as people may have typed them, in each of the languages."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(plain(words))
    return found


def plain(words: Any) -> str:
    """Without what people change by accident: capitals, spaces, punctuation."""
    return PUNCTUATION.sub(" ", str(words)).strip().casefold()


def names_of_columns() -> dict[str, str]:
    """Every spelling of a heading, with the column it means."""
    names = {name: name for name in COLUMNS}
    for name, label in COLUMNS.items():
        for spelling in in_every_language(label):
            names.setdefault(spelling, name)
    return names


def words_of(choices: Iterable[Any]) -> dict[str, str]:
    """Every spelling of every choice, with its value."""
    names: dict[str, str] = {}
    for value, label in choices:
        names[plain(value)] = str(value)
        for spelling in in_every_language(label if value != "" else NOT_KNOWN):
            names.setdefault(spelling, str(value))
    return names


def words_of_stages() -> dict[str, str]:
    """Every way to name a stage: 3, 3 Established, Established."""
    names = {str(stage.value): str(stage.value) for stage in Stage}
    for stage in Stage:
        for word in in_every_language(stage.label):
            names |= {word: str(stage.value), f"{stage.value} {word}": str(stage.value)}
    return names


def stage_in_words(stage: Any) -> str:
    return f"{stage} {Stage(stage).label}" if stage else ""


def cells_of(item: Item) -> dict[tuple[str, str], str]:
    """Where the fields of a question stand: (code of the row, name of the column) and the name of the field."""
    code = item.question.code
    if item.question.indicator:
        return {(code, name): name for name in (STAGE, TEXT, LINK, STILL)}
    form = form_for(item)
    names = [name for name in form.fields if name != "file" and not form.is_in_a_row(name)]
    cells = {(f"{code}.{STILL}", ANSWER): STILL}
    if code == THREATS:
        rows = [name.rsplit("-", 1) for name in names if name != SOURCE]
        cells[(f"{code}.{SOURCE}", SOURCE)] = SOURCE
        return {(f"{code}.{threat}", column): f"{threat}-{column}" for threat, column in rows} | cells
    return {(f"{code}.{name}", ANSWER): name for name in names} | cells
