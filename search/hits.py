"""What the index holds of somebody's words, and of that what they may read at this moment: both walls, twice.

As far back as a constant; a further page looks further back, so everything is reached.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from member_states.models import MemberState
from search.kinds import Kind, kinds
from search.lookup import UP_TO, Forms, Looked, look
from search.words import forms_of, words_of

MOST_LOOKED_THROUGH = 200  # of what is in no index
MOST_TIMES = 5  # that more is asked of the index, because what it named may not be read
NOTHING = Looked([], None)


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; `before` is the record the last page ended with."""

    text: str
    kind: str = ""
    state: MemberState | None = None
    before: int | None = None


class Search:
    """One question of one reader. What is in no index is read once for it."""

    def __init__(self, user: Any, asked: Asked) -> None:
        self.user, self.asked = user, asked
        self.kinds = {code: kind for code, kind in kinds().items() if asked.kind in ("", code)}

    @cached_property
    def beside(self) -> dict[str, dict[int, set[str]]]:
        """By kind what is in no index and `user` may read, each with its words as they are spelt."""
        if self.asked.state:
            return {}
        found = {code: kind.unindexed(self.user) for code, kind in self.kinds.items()}
        return {
            code: {row.pk: _spelt(self.kinds[code], row) for row in rows[:MOST_LOOKED_THROUGH]}
            for code, rows in found.items()
            if rows is not None
        }

    @cached_property
    def words_beside(self) -> set[str]:
        return set[str]().union(*(words for rows in self.beside.values() for words in rows.values()))

    @cached_property
    def _forms_beside(self) -> dict[str, frozenset[str]]:
        return forms_of(self.words_beside) if self.words_beside else {}

    def hits(self, forms: Forms, before: int | None = None) -> dict[str, Looked]:
        """By kind, the newest that `user` may read. The index is asked in one query for all kinds, then each kind."""
        return {code: hits for code, hits in self._each(forms, before) if hits != NOTHING}

    def has(self, forms: Forms) -> bool:
        """Anything at all: the first kind that has something is enough."""
        return any(hits != NOTHING for _code, hits in self._each(forms, None))

    def _each(self, forms: Forms, before: int | None) -> Iterator[tuple[str, Looked]]:
        looked = look(self.user, forms, self.kinds, self.asked.state, before)
        for code, kind in self.kinds.items():
            beside = self._looked_through(code, forms, before) if code in self.beside else []
            first = _among(beside, looked.get(code, NOTHING))
            if first != NOTHING:
                yield code, self._readable(kind, forms, first, beside)

    def _looked_through(self, code: str, forms: Forms, before: int | None) -> list[int]:
        """Those that hold every word, each read as the index reads it."""
        known, held = self._forms_beside, self.beside[code].items()
        there = {pk: set[str]().union(*(known.get(word, ()) for word in words)) for pk, words in held}
        return [
            pk for pk, all_of in there.items() if (before is None or pk < before) and all(all_of & f for f in forms)
        ]

    def _readable(self, kind: Kind[Any], forms: Forms, first: Looked, beside: list[int]) -> Looked:
        """Of these those that `user` may read now. While some are not, more are looked at, up to a full count."""
        kept, looked = self._open(kind, first.ids), first
        for _time in range(MOST_TIMES):
            if looked.further is None or len(kept) >= UP_TO or len(kept) == len(first.ids):
                break
            older = look(self.user, forms, [kind.code], self.asked.state, looked.further)
            looked = _among([pk for pk in beside if pk < looked.further], older.get(kind.code, NOTHING))
            kept += self._open(kind, looked.ids)
        return Looked(kept[:UP_TO], kept[UP_TO - 1] if len(kept) > UP_TO else looked.further)

    def _open(self, kind: Kind[Any], ids: list[int]) -> list[int]:
        found = set(kind.rows(self.user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
        return [pk for pk in ids if pk in found]


def _spelt(kind: Kind[Any], row: Any) -> set[str]:
    return {word for text in kind.words(row) for word in words_of(text)}


def _among(beside: list[int], looked: Looked) -> Looked:
    """What is in no index with what is, as far back as that was looked at."""
    ids, further = looked
    both = sorted({*ids, *(pk for pk in beside if further is None or pk >= further)}, reverse=True)
    return Looked(both[:UP_TO], both[UP_TO - 1] if len(both) > UP_TO else further)
