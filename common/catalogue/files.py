from pathlib import Path

import polib

from common.catalogue.glossary import Glossary
from common.catalogue.message import Key, Message

PLURAL_FORMS = {
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "pt_BR": "nplurals=2; plural=(n > 1);",
}
FORMS = 2


def path_of(locale: Path, language: str) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def read(locale: Path, language: str) -> polib.POFile:
    path = path_of(locale, language)
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def write(catalogue: polib.POFile, locale: Path, language: str) -> None:
    """Writes nothing when nothing changed, so that compiled catalogues stay fresh."""
    path, text = path_of(locale, language), str(catalogue)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def by_key(catalogue: polib.POFile) -> dict[Key, polib.POEntry]:
    return {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}


def merged(old: polib.POFile, messages: list[Message], *, glossary: Glossary, language: str) -> polib.POFile:
    """A catalogue of exactly these messages: translations kept, empty ones filled from the glossary."""
    catalogue = polib.POFile()
    catalogue.metadata = header(language)
    known = by_key(old)
    for message in messages:
        entry = entry_for(message, known.get(message.key))
        if not message.plural and not entry.msgstr:
            entry.msgstr = glossary.translation(message, language)
        catalogue.append(entry)
    return catalogue


def header(language: str) -> dict[str, str]:
    return {
        "Project-Id-Version": "OAS Cyber",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }


def entry_for(message: Message, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.msgid,
        msgctxt=message.context,
        occurrences=[(file, "") for file in message.files],
        comment="\n".join(message.comments),
        flags=message.flags,
    )
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict.fromkeys(range(FORMS), "")
    if known is not None:
        keep_translation(entry, known)
    return entry


def keep_translation(entry: polib.POEntry, known: polib.POEntry) -> None:
    """A text that has gained or lost its plural keeps its first form."""
    entry.tcomment = known.tcomment
    if known.fuzzy:
        entry.flags = ["fuzzy", *entry.flags]
    forms = {int(form): text for form, text in known.msgstr_plural.items()} or {0: known.msgstr}
    if entry.msgid_plural:
        entry.msgstr_plural = {form: forms.get(form, "") for form in range(FORMS)}
    else:
        entry.msgstr = forms.get(0, "")
