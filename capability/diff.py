"""Words added and removed between two texts, as pieces that templates/components/diff.html marks up and escapes."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")


class Piece(NamedTuple):
    kind: str  # same, added or removed
    text: str


def pieces_of(before: str, after: str) -> list[Piece]:
    """Word by word; how far words stand apart is no difference. Joined without the removed ones it is `after`."""
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new])
    pieces = []
    for verb, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if verb == "equal":
            pieces.append(Piece("same", "".join(new[new_from:new_to])))
            continue
        pieces.append(Piece("removed", "".join(old[old_from:old_to])))
        pieces.append(Piece("added", "".join(new[new_from:new_to])))
    return [piece for piece in pieces if piece.text]
