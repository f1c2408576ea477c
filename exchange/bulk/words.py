"""What headings, kinds and labels are called in a table: in four languages, however they are spelled."""

import unicodedata
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from common.tlp import Tlp
from csirt_network.indicators import Kind

VALUE, KIND, SEEN, NOTE, LABEL = "value", "kind", "first_seen", "note", "label"
HEADINGS = {
    VALUE: ("value", "indicator", "ioc", "valor", "indicador", "valeur", "indicateur"),
    KIND: ("kind", "type", "tipo", "clase", "genre"),
    SEEN: (
        *("first seen", "seen", "date", "visto", "visto por primera vez", "primera vez", "fecha", "vu", "data"),
        *("vu la premiere fois", "vu pour la premiere fois", "premiere observation", "visto pela primeira vez"),
        *("primeira vez", "primeira observacao"),
    ),
    NOTE: ("note", "comment", "description", "nota", "comentario", "commentaire", "remarque", "observacao"),
    LABEL: ("label", "tlp", "marking", "etiqueta", "etiquette", "rotulo", "classificacao", "marca"),
}
COLUMNS = {plain: column for column, names in HEADINGS.items() for plain in names}
LABELS = {
    "clear": Tlp.CLEAR,
    "white": Tlp.CLEAR,
    "green": Tlp.GREEN,
    "amber": Tlp.AMBER,
    "amber+strict": Tlp.STRICT,
    "amber strict": Tlp.STRICT,
    "strict": Tlp.STRICT,
    "red": Tlp.RED,
}


class Red(ValidationError):
    """What never comes in, nor is kept in a file beside what does."""


def spelled(text: str) -> str:
    """Small letters without accents, one blank between words."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("_", " ").replace("-", " "))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def column_of(heading: str) -> str:
    return COLUMNS.get(spelled(heading), "")


def kind_of(text: str) -> str:
    """A code, or what the portal calls it in one of its languages; empty for nothing. Raises ValidationError."""
    if not text.strip():
        return ""
    if kind := _kinds().get(spelled(text)):
        return kind
    raise ValidationError(
        _("“%(text)s” is no kind of indicator. Leave the kind empty, or write one of these: %(kinds)s.")
        % {"text": text[:40], "kinds": ", ".join(Kind.values)}
    )


@cache
def _kinds() -> dict[str, str]:
    found = {spelled(kind.value): kind.value for kind in Kind}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {spelled(str(kind.label)): kind.value for kind in Kind}
    return found


def label_named(text: str) -> str:
    """TLP:AMBER+STRICT, amber, white …; empty for nothing. Raises ValidationError."""
    if not text.strip():
        return ""
    word = spelled(text).removeprefix("tlp").strip(" :")
    if label := LABELS.get(word):
        return refused_if_red(label)
    sentence = _("“%(text)s” is no label. Write CLEAR, GREEN, AMBER or AMBER+STRICT, or leave it empty.")
    raise ValidationError(sentence % {"text": text[:40]})


def refused_if_red(label: str) -> str:
    if label == Tlp.RED:
        raise Red(_("What is under TLP:RED is for the persons named and is never given to machines."))
    return label
