"""What the index holds of somebody's words, and of that what they may read at this moment: both walls, twice.

As far back as a constant; a further page looks further back, so everything is reached.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from member_states.models import MemberState
from search.beside import Beside
from search.kinds import Kind, kinds
from search.lookup import UP_TO, Forms, Looked, look

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
    """One question of one reader. What is in no index is read once for it, and once more for a further page."""

    def __init__(self, user: Any, asked: Asked) -> None:
        self.user, self.asked = user, asked
        self.kinds = {code: kind for code, kind in kinds().items() if asked.kind in ("", code)}
        self.looked_through = {} if asked.state else self.kinds

    @cached_property
    def beside(self) -> Beside:
        return Beside(self.looked_through, self.user, None)

    def _beside(self, before: int | None) -> Beside:
        return self.beside if before is None else Beside(self.looked_through, self.user, before)

    def hits(self, forms: Forms, before: int | None = None) -> dict[str, Looked]:
        """By kind, the newest that `user` may read. The index is asked in one query for all kinds, then each kind."""
        return {code: hits for code, hits in self._each(forms, before) if hits != NOTHING}

    def has(self, forms: Forms) -> bool:
        """Anything at all: the first kind that has something is enough."""
        return any(hits.ids for _code, hits in self._each(forms, None))

    def _each(self, forms: Forms, before: int | None) -> Iterator[tuple[str, Looked]]:
        looked, beside = look(self.user, forms, self.kinds, self.asked.state, before), self._beside(before)
        for code, kind in self.kinds.items():
            first = _together(beside.hits(code, forms), looked.get(code, NOTHING))
            if first != NOTHING:
                yield code, self._readable(kind, forms, first)

    def _readable(self, kind: Kind[Any], forms: Forms, first: Looked) -> Looked:
        """Of these those that `user` may read now. While some are not, more are looked at, up to a full count."""
        kept, looked = self._open(kind, first.ids), first
        for _time in range(MOST_TIMES):
            if looked.further is None or len(kept) >= UP_TO or len(kept) == len(first.ids):
                break
            before = looked.further
            older = look(self.user, forms, [kind.code], self.asked.state, before)
            beside = Beside({kind.code: kind} if self.looked_through else {}, self.user, before)
            looked = _together(beside.hits(kind.code, forms), older.get(kind.code, NOTHING))
            kept += self._open(kind, looked.ids)
        return Looked(kept[:UP_TO], kept[UP_TO - 1] if len(kept) > UP_TO else looked.further)

    def _open(self, kind: Kind[Any], ids: list[int]) -> list[int]:
        found = set(kind.rows(self.user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
        return [pk for pk in ids if pk in found]


def holds_any(hits: dict[str, Looked]) -> bool:
    return any(one.ids for one in hits.values())


def _together(beside: Looked, indexed: Looked) -> Looked:
    """What is in no index with what is, as far back as both were looked at."""
    further = max((one for one in (beside.further, indexed.further) if one is not None), default=None)
    both = sorted({pk for pk in (*beside.ids, *indexed.ids) if further is None or pk >= further}, reverse=True)
    return Looked(both[:UP_TO], both[UP_TO - 1] if len(both) > UP_TO else further)
