"""How often: counted in the shared cache, per account, address or token, in fixed stretches of time.

Never in the memory of one process. While the cache is away ``RedisError`` is raised and nobody is let in uncounted
(accounts/door.py answers with a sentence); whoever may go on uncounted catches it.
"""

import hashlib
import time

from django.core.cache import cache


def within(most: int, seconds: int, *, of: str, by: str) -> bool:
    """Counts one more of `of` by `by`; false for those beyond `most` in the present stretch of `seconds`."""
    return count(seconds, of=of, by=by) <= most


def count(seconds: int, *, of: str, by: str, step: int = 1) -> int:
    """How many in this stretch; with `step=0` without counting one more."""
    who = hashlib.sha256(by.encode()).hexdigest()  # no address and no secret in the cache
    key = f"limit-{of}-{int(time.time()) // seconds}-{who}"
    if not step:
        return int(cache.get(key) or 0)
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key, step))
    except ValueError:  # it ended between the two
        return step
