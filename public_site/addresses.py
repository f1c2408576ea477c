"""Addresses in one language: /es/states/ is /states/ in Spanish, and what it links to stays in Spanish."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_script_prefix, resolve, set_script_prefix

from public_site.pages import WITH_LANGUAGE

CODES = tuple(code for code, _name in settings.LANGUAGES)


def split(path: str) -> tuple[str, str]:
    """The language and the address without it; "" for an address of no language."""
    code, slash, rest = path[1:].partition("/")
    is_address = slash and code in CODES and not rest.startswith("/")  # "//" would name another host
    return (code, f"/{rest}") if is_address else ("", path)


def name_of(path: str) -> str:
    """The route behind an address without its language; "" when there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def is_public(name: str) -> bool:
    return name in WITH_LANGUAGE


def route_of(request: HttpRequest) -> str:
    """The front page has a route per language; they are one page."""
    match = request.resolver_match
    name = match.view_name if match else ""
    return "front" if name.startswith("front-") else name


@contextmanager
def under(language: str) -> Iterator[None]:
    """What is linked to in here is linked to in this language."""
    before = get_script_prefix()
    set_script_prefix(f"{before}{language}/")
    try:
        yield
    finally:
        set_script_prefix(before)


@contextmanager
def outside() -> Iterator[None]:
    """What is linked to in here is named without a language."""
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        yield
    finally:
        set_script_prefix(before)


def absolute(language: str, path: str) -> str:
    """As others are told it. `path` begins with a slash and names no language."""
    return f"{settings.SITE_URL}/{language}{path}"
