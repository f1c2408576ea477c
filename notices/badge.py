"""How many things wait for somebody, for the navigation: counted by a worker and kept in the cache (decision 0035).

A page asks the cache alone. What it shows may be two minutes old; the page "My turn" counts itself, and keeps what it
counted. Where nothing is kept, or the cache is away, no number is shown.
"""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

from notices import bell
from notices.duties import Turn

KEPT, EVERY = 3600, 120  # seconds


@dataclass(frozen=True)
class Number:
    """Of what waits; `has_more`: of some kinds more waits than was counted."""

    number: int
    has_more: bool

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        return f"{self.number}+" if self.has_more else str(self.number)


def count_for(person: Any) -> Number | None:
    """Asks a worker to count anew, at most every two minutes."""
    if not getattr(person, "pk", None):
        return None
    try:
        found: tuple[int, bool] | None = cache.get(_key(person.pk))
        if cache.add(f"{_key(person.pk)}-asked", 1, EVERY):
            bell.send("notices.tasks.count_turn", person.pk)
    except RedisError:
        return None
    return Number(*found) if found else None


def keep(person: Any, turn: Turn) -> None:
    try:
        cache.set(_key(person.pk), (turn.count, turn.has_more), KEPT)
    except RedisError:
        return


def _key(pk: int) -> str:
    return f"my-turn-number-{pk}"
