"""What somebody may read and is in no index: looked through as far back as a constant; a further page looks further."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from search.kinds import Kind
from search.lookup import Forms, Looked
from search.words import forms_of, words_of

MOST_LOOKED_THROUGH = 200


class Beside:
    """By kind the newest older than `before` that `user` may read, with their words as they are spelt."""

    def __init__(self, kinds: dict[str, Kind[Any]], user: Any, before: int | None) -> None:
        self._held: dict[str, dict[int, set[str]]] = {}
        self._further: dict[str, int | None] = {}
        for kind in kinds.values():
            rows = kind.unindexed(user)
            if rows is not None:
                self._look_through(kind, rows if before is None else rows.filter(pk__lt=before))

    def _look_through(self, kind: Kind[Any], rows: QuerySet[Any]) -> None:
        found = list(rows.order_by("-pk")[: MOST_LOOKED_THROUGH + 1])
        newest = found[:MOST_LOOKED_THROUGH]
        self._held[kind.code] = {row.pk: _spelt(kind, row) for row in newest}
        self._further[kind.code] = newest[-1].pk if len(found) > len(newest) else None

    @cached_property
    def words(self) -> set[str]:
        return set[str]().union(*(words for rows in self._held.values() for words in rows.values()))

    @cached_property
    def _forms(self) -> dict[str, frozenset[str]]:
        return forms_of(self.words) if self.words else {}

    def hits(self, code: str, forms: Forms) -> Looked:
        """Those that hold every word, each read as the index reads it."""
        held = self._held.get(code, {}).items()
        there = {pk: set[str]().union(*(self._forms.get(word, ()) for word in words)) for pk, words in held}
        return Looked([pk for pk, all_of in there.items() if all(all_of & f for f in forms)], self._further.get(code))


def _spelt(kind: Kind[Any], row: Any) -> set[str]:
    return {word for text in kind.words(row) for word in words_of(text)}
