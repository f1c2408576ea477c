"""How many things wait for somebody, for the navigation: counted by a worker and kept in the cache (decision 0035).

A page asks the cache alone. What it shows may be two minutes old; the page "My turn" counts itself, and keeps what it
counted. Where nothing is kept, or the cache is away, no number is shown.
"""

from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

from notices import bell
from notices.duties import Turn

KEPT, EVERY = 3600, 120  # seconds


def count_for(person: Any) -> int | None:
    """Asks a worker to count anew, at most every two minutes."""
    if not getattr(person, "pk", None):
        return None
    try:
        found: int | None = cache.get(_key(person.pk))
        if cache.add(f"{_key(person.pk)}-asked", 1, EVERY):
            bell.send("notices.tasks.count_turn", person.pk)
    except RedisError:
        return None
    return found


def keep(person: Any, turn: Turn) -> None:
    try:
        cache.set(_key(person.pk), turn.count, KEPT)
    except RedisError:
        return


def _key(pk: int) -> str:
    return f"my-turn-{pk}"
