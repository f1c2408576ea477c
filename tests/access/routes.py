"""The live routes of the portal, as (route, method), read off the URLconf and the views themselves."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver
from django.views.generic.edit import ProcessFormView

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
SAFE = {"HEAD", "OPTIONS"}
NAMED = re.compile(r"\(\?P<(\w+)>[^)]*\)")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
ADMINISTRATION = "administration/"


def routes() -> set[tuple[str, str]]:
    """A view that names no methods yields "*", which no row of the matrix may use."""
    return {
        (route, method)
        for route, view in _views(get_resolver().url_patterns)
        if not route.startswith(ADMINISTRATION)
        for method in methods_of(view)
    }


def administration() -> list[str]:
    """Every route of the administration; Django's own views name no methods and are all visited with GET and POST."""
    return sorted({route for route, _view in _views(get_resolver().url_patterns) if route.startswith(ADMINISTRATION)})


def views() -> list[tuple[str, Any]]:
    return list(_views(get_resolver().url_patterns))


def _views(patterns: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = prefix + NAMED.sub(r"<\1>", str(pattern.pattern).lstrip("^").replace("\\Z", "").replace("$", ""))
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from _views(pattern.url_patterns, route)


def methods_of(view: Any) -> set[str]:
    actions = getattr(view, "actions", None)
    if actions:
        return {method.upper() for method in actions} - SAFE
    view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if view_class:
        return {m.upper() for m in view_class.http_method_names if _has(view_class, m)} - SAFE
    return _allowed_methods(view) - SAFE


def _has(view_class: Any, method: str) -> bool:
    """PUT of Django's form views is their POST once more."""
    is_post_again = method == "put" and getattr(view_class, "put", None) is ProcessFormView.put
    return hasattr(view_class, method) and not is_post_again


def _allowed_methods(view: Any) -> set[str]:
    """What ``require_http_methods`` closed over, however deep other decorators wrap it."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            content = cell.cell_contents
            if isinstance(content, list | tuple) and content and set(content) <= METHODS:
                return set(content)
        view = getattr(view, "__wrapped__", None)
    return {"*"}


def lists() -> dict[str, Any]:
    """The views that answer a GET with many things, by route: those of the API say so."""
    found = _views(get_resolver().url_patterns)
    return {route: view for route, view in found if getattr(view, "actions", {}).get("get") == "list"}


def open_routes() -> list[str]:
    """The names of routes whose view asks nobody to sign in."""
    return sorted(
        {name for name, view in _named(get_resolver().url_patterns) if not getattr(view, "login_required", True)}
    )


def _named(patterns: Any) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name), pattern.callback
        else:
            yield from _named(pattern.url_patterns)
