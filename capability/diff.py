"""Words added and removed between two texts, as pieces that mark themselves up: `{{ pieces|join:"" }}`."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")


class Piece(NamedTuple):
    kind: str  # same, added or removed
    text: str

    def __html__(self) -> SafeString:
        if self.kind == "same":
            return escape(self.text)
        return format_html("<ins>{}</ins>" if self.kind == "added" else "<del>{}</del>", self.text)


class Sides(NamedTuple):
    """Joined, the pieces of a side are its text."""

    before: list[Piece]
    after: list[Piece]


def sides_of(before: str, after: str) -> Sides:
    """Word by word; how far words stand apart is no difference."""
    if before == after:
        return Sides(_pieces("same", after), _pieces("same", after))
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new])
    sides = Sides([], [])
    for verb, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        is_same = verb == "equal"
        sides.before.extend(_pieces("same" if is_same else "removed", "".join(old[old_from:old_to])))
        sides.after.extend(_pieces("same" if is_same else "added", "".join(new[new_from:new_to])))
    return sides


def _pieces(kind: str, text: str) -> list[Piece]:
    """The space behind a marked word is not marked."""
    words = text.rstrip()
    return [piece for piece in (Piece(kind, words), Piece("same", text[len(words) :])) if piece.text]
