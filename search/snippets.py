"""A text around the words that were found in it. Parts are plain text: the template escapes them."""

import re
from typing import NamedTuple

from search.words import WORD, plain

BEFORE, LONGEST = 60, 220
SHORTEST_STEM = 3


class Part(NamedTuple):
    text: str
    is_found: bool


def marked(text: str, forms: list[frozenset[str]], *, cut: bool = False) -> list[Part]:
    text = " ".join(text.split())
    looked_for = tuple({form for found in forms for form in found})
    hits = [hit for hit in WORD.finditer(text) if _matches(hit[0], looked_for)]
    start, end = _window(text, hits) if cut else (0, len(text))
    parts = [Part("… ", False)] * (start > 0) + _parts(text, [h for h in hits if start <= h.start() < end], start, end)
    return parts + [Part(" …", False)] * (end < len(text))


def _matches(word: str, forms: tuple[str, ...]) -> bool:
    """The word itself, or a stem it begins with."""
    bare = plain(word)
    return bare in forms or any(len(form) > SHORTEST_STEM and bare.startswith(form) for form in forms)


def _window(text: str, hits: list[re.Match[str]]) -> tuple[int, int]:
    """From the beginning of a word some way before the first hit."""
    first = hits[0].start() if hits else 0
    start = 0 if first <= BEFORE else text.find(" ", first - BEFORE, first) + 1 or first
    end = len(text) if len(text) - start <= LONGEST else text.rfind(" ", start, start + LONGEST)
    return start, end if end > first else min(start + LONGEST, len(text))


def _parts(text: str, hits: list[re.Match[str]], start: int, end: int) -> list[Part]:
    parts, at = [], start
    for hit in hits:
        parts += [Part(text[at : hit.start()], False), Part(text[hit.start() : min(hit.end(), end)], True)]
        at = min(hit.end(), end)
    return [part for part in (*parts, Part(text[at:end], False)) if part.text]
