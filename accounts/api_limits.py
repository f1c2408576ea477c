"""How often the API is asked: by a token, by an account with all its tokens, and by an address that shows none.

Counted in the shared cache before anything else is looked at, so that every answer can say what is left
(draft-ietf-httpapi-ratelimit-headers: RateLimit-Policy and RateLimit). While the cache is away reading goes on
uncounted and nothing is sent (docs/decisions/0041-what-a-program-may-ask.md).
"""

import time
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from redis.exceptions import RedisError

from accounts.counting import network_of
from common.limits import count
from common.middleware import SAFE_METHODS


class Spent(NamedTuple):
    """`used` of `most` requests in a stretch of `seconds`, this one among them."""

    name: str
    most: int
    seconds: int
    used: int

    @property
    def wait(self) -> int:
        return self.seconds - int(time.time()) % self.seconds

    @property
    def is_beyond(self) -> bool:
        return self.used > self.most

    @property
    def policy(self) -> str:
        return f'"{self.name}";q={self.most};w={self.seconds}'

    @property
    def left(self) -> str:
        return f'"{self.name}";r={max(self.most - self.used, 0)};t={self.wait}'


def spend(request: HttpRequest, token: Any) -> list[Spent] | None:
    """Counts the request; None while nothing can be counted."""
    try:
        return [_count(name, by) for name, by in _counters(request, token)]
    except (RedisError, OSError):
        return None


def _counters(request: HttpRequest, token: Any) -> list[tuple[str, str]]:
    if not token:
        return [("address", network_of(request))]
    what = kind_of(request.method)
    return [(f"{what}-token", token.digest), (f"{what}-account", str(token.person_id))]


def kind_of(method: str | None) -> str:
    return "read" if method in SAFE_METHODS else "submit"


def _count(name: str, by: str) -> Spent:
    most, seconds = settings.API_LIMITS[name]
    return Spent(name, most, seconds, count(seconds, of=f"api-{name}", by=by))


def beyond(spent: list[Spent] | None) -> Spent | None:
    """The limit that was passed; of several, the one that lasts longest."""
    return max((one for one in spent or () if one.is_beyond), key=lambda one: one.wait, default=None)


def tell(response: HttpResponseBase, spent: list[Spent] | None) -> None:
    if spent:
        response["RateLimit-Policy"] = ", ".join(one.policy for one in spent)
        response["RateLimit"] = ", ".join(one.left for one in spent)
