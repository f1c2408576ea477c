from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib

from common.catalogue.files import by_key
from common.catalogue.message import Message, marks, word_count

WORDS_THAT_MAY_COINCIDE = 2


def allowed_same(locale: Path) -> set[str]:
    """The English texts that other languages may keep as they are: one a line in locale/same.txt."""
    path = locale / "same.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {one_line(line) for line in lines if line.strip() and not line.startswith("#")}


def problems(catalogue: polib.POFile, messages: list[Message], *, language: str, same: set[str]) -> Iterator[str]:
    """A sentence for each thing a reader of this language would stumble over."""
    entries = by_key(catalogue)
    for message in messages:
        entry = entries.get(message.key)
        where = f"{language}: “{one_line(message.msgid)}” ({message.files[0]})"
        if entry is None or entry.msgid_plural != message.plural:
            yield f"{where} is not in the catalogue as the code has it. Run manage.py messages."
        else:
            yield from (f"{where} {problem}" for problem in entry_problems(entry, same))
    yield from obsolete_problems(catalogue, messages, language)


def obsolete_problems(catalogue: polib.POFile, messages: list[Message], language: str) -> Iterator[str]:
    used = {message.key for message in messages}
    for entry in catalogue:
        if entry.obsolete or (entry.msgctxt, entry.msgid) not in used:
            text = one_line(entry.msgid)
            yield f"{language}: “{text}” is no longer in the code. Run manage.py messages to drop it."


def entry_problems(entry: polib.POEntry, same: set[str]) -> Iterator[str]:
    if entry.fuzzy:
        yield "is marked fuzzy. Confirm or mend the translation and remove the mark."
    if entry.msgid_plural:
        yield from plural_problems(entry)
    elif not entry.msgstr.strip():
        yield "has no translation."
    else:
        yield from mark_problems(entry.msgstr, marks(entry.msgid), marks(entry.msgid))
    if is_still_english(entry, same):
        yield "is the same as in English. Translate it, or list it in locale/same.txt."


def plural_problems(entry: polib.POEntry) -> Iterator[str]:
    """The first form keeps what the singular has ("One state": no number), the others what the plural has."""
    one, many = marks(entry.msgid), marks(entry.msgid_plural)
    if not any(entry.msgstr_plural.values()):
        yield "has no translation."
        return
    for form, text in sorted(entry.msgstr_plural.items()):
        if not text.strip():
            yield f"has an empty plural form {form}."
        else:
            required = many if int(form) else one
            yield from mark_problems(text, required, one | many)


def mark_problems(translation: str, required: Counter[str], allowed: Counter[str]) -> Iterator[str]:
    found = marks(translation)
    lost, added = required - found, found - allowed
    if lost:
        yield f"loses {', '.join(sorted(lost))} in “{one_line(translation)}”."
    if added:
        yield f"adds {', '.join(sorted(added))} in “{one_line(translation)}”."


def is_still_english(entry: polib.POEntry, same: set[str]) -> bool:
    english = {text for text in (entry.msgid, entry.msgid_plural) if text}
    texts = set(entry.msgstr_plural.values()) or {entry.msgstr}
    kept = {text for text in texts & english if word_count(text) > WORDS_THAT_MAY_COINCIDE}
    return any(one_line(text) not in same for text in kept)


def one_line(text: str) -> str:
    return " ".join(text.split())
