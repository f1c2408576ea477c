"""The live routes of the portal, as `route | method` pairs, read off the URLconf and the views themselves."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

SAFE = {"HEAD", "OPTIONS"}
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """(route, method); a view that names no methods yields "*", which no row of the matrix may use."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = prefix + str(pattern.pattern).lstrip("^").replace("\\Z", "").replace("$", "")
        if isinstance(pattern, URLPattern):
            for method in methods_of(pattern.callback):
                yield route, method
        else:
            yield from routes(pattern.url_patterns, route)


def methods_of(view: Any) -> set[str]:
    viewset = getattr(view, "actions", None)
    if viewset:
        return {method.upper() for method in viewset} - SAFE
    view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if view_class:
        return {m.upper() for m in view_class.http_method_names if hasattr(view_class, m)} - SAFE
    return allowed_methods(view) - SAFE


def allowed_methods(view: Any) -> set[str]:
    """What ``require_http_methods`` closed over, however deep other decorators wrap it."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            content = cell.cell_contents
            if isinstance(content, list | tuple) and content and set(content) <= METHODS:
                return set(content)
        view = getattr(view, "__wrapped__", None)
    return {"*"}


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
