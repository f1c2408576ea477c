"""Which addresses no robot need try: those below which nothing is public."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.urls import URLPattern, get_resolver

from public_site.pages import FILES, FOR_ANYBODY, PAGES


@cache
def closed() -> tuple[str, ...]:
    """The first words of addresses. `/search/` and `/sign-in/` are open to everybody, and nothing to be found."""
    roots: dict[str, bool] = {}
    for route, name in _routes(get_resolver().url_patterns):
        root = route.split("<")[0].split("/")[0]
        is_found = name in PAGES | FILES | FOR_ANYBODY or name.startswith("front-") or root.startswith(".well-known")
        roots[root] = roots.get(root, False) or is_found
    return tuple(sorted(f"/{root}/" for root, is_found in roots.items() if root and "." not in root and not is_found))


def _routes(patterns: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            yield route, pattern.name or ""
        else:
            yield from _routes(pattern.url_patterns, route)
