"""The number of a note, wherever it is read: typed, in the name of a file, or in the text of a PDF.

Accepted are OAS/CYBER/NV-12/26, NV 12/2026 and NV-12-26-7KQ4, the mark with its check code. A code that does not fit
matches nothing; one note alone must be meant.
"""

import logging
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader

from correspondence.models import Note, NoteScan

logger = logging.getLogger(__name__)

MOST_PAGES, MOST_BYTES, MOST_TEXT, MOST_NUMBERS = 3, 8 * 1024 * 1024, 50_000, 20
MARK = re.compile(
    r"(?<![A-Z0-9])NV[\s._/-]{0,3}(\d{1,6})[\s._/-]{1,3}((?:20)?\d\d)(?![0-9])(?:[\s._/-]{1,3}([0-9A-Z]{4})(?![0-9A-Z]))?"
)
READ_AS = str.maketrans("OIL", "011")
DASHES = re.compile("[\u2010-\u2015\u2212]")


@dataclass(frozen=True)
class Named:
    """A number that was read, and the four letters behind it, which may be a check code or a word."""

    number: int
    year: int
    letters: str

    @property
    def is_coded(self) -> bool:
        """A check code holds a digit that no letter is read as; else it is the next word of the sentence."""
        return any(letter.isdigit() for letter in self.letters)

    @property
    def code(self) -> str:
        return self.letters.translate(READ_AS)


@dataclass(frozen=True)
class Match:
    note: Note | None = None
    way: str = ""
    numbers: str = ""


def match(notes: Any, *, typed: str, upload: Any) -> Match:
    """Among `notes`, which start from ``visible_to``: two queries for each place that names any."""
    read = []
    for way, words in _places(typed, upload):
        named = numbers_in(words)
        if not named:
            continue
        read += named
        fitting = note_of(notes, named)
        if fitting:
            return Match(fitting, way, _spelled(read))
        if way == NoteScan.Matched.TYPED:
            break  # what somebody typed is not overruled
    return Match(numbers=_spelled(read))


def numbers_in(words: str) -> list[Named]:
    """In the order of the text, each once; 26 and 2026 are the same year."""
    plain = DASHES.sub("-", unicodedata.normalize("NFKC", words[:MOST_TEXT])).upper()
    found = [Named(int(n), 2000 + int(y) % 100, c) for n, y, c in MARK.findall(plain)]
    return list(dict.fromkeys(found))[:MOST_NUMBERS]


def note_of(notes: Any, named: Iterable[Named]) -> Note | None:
    """The one issued note that is meant. Where a check code fits, that decides; a wrong one excludes."""
    named = list(named)
    known = {(one.number, one.year): one for one in notes.issued_as({(n.number, n.year) for n in named})}
    sure, likely = set(), set()
    for one in named:
        note = known.get((one.number, one.year))
        if note and one.code == note.code:
            sure.add(note)
        elif note and not one.is_coded:
            likely.add(note)
    chosen = sure or likely
    return chosen.pop() if len(chosen) == 1 else None


def _places(typed: str, upload: Any) -> Iterable[tuple[str, str]]:
    if typed.strip():
        yield NoteScan.Matched.TYPED, typed
    yield NoteScan.Matched.NAME, str(upload.name or "")
    yield NoteScan.Matched.TEXT, text_of(upload)


def text_of(upload: Any) -> str:
    """Of the first pages of a PDF that has a text at all; nothing of anything else. Leaves it at its beginning."""
    upload.seek(0)
    if upload.size > MOST_BYTES or upload.read(5) != b"%PDF-":
        upload.seek(0)
        return ""
    try:
        upload.seek(0)
        pages = PdfReader(upload).pages[:MOST_PAGES]
        return " ".join(page.extract_text()[:MOST_TEXT] for page in pages)
    except Exception:  # whatever a file holds: it is kept, and waits on the list
        logger.info("The text of an upload could not be read", exc_info=True)
        return ""
    finally:
        upload.seek(0)


def _spelled(named: Iterable[Named]) -> str:
    return ", ".join(dict.fromkeys(f"NV-{one.number}/{one.year % 100:02}" for one in named))
