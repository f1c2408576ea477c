"""Patterns of STIX 2.1 (section 9): whether they hold, and the values that an object points at."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stix2patterns.validator import run_validator

from csirt_network.indicators import Kind, normalise

MOST_CHARACTERS = 4_000
DEEPEST = 50
LONGEST_VALUE = 1_000
TEXT = r"'(?:[^'\\]|\\['\\])*+'"
ONE = rf"(?:{TEXT}|[0-9]++)"
# One comparison of what teams send most: nothing of the grammar is left open, so it needs no parser.
SIMPLE = re.compile(
    rf"\[(?:(?:ipv4-addr|ipv6-addr|domain-name|url|email-addr):value|mutex:name|file:name"
    rf"|file:hashes\.(?:MD5|'(?:MD5|SHA-1|SHA-256|SHA-512)'))\s*(?:=|ISSUBSET\s)\s*{TEXT}\]"
)
STEP = re.compile(rf"{TEXT}|[()\[\]]")
PATHS: dict[str, Kind] = {
    "domain-name:value": Kind.DOMAIN,
    "url:value": Kind.URL,
    "email-addr:value": Kind.EMAIL,
    "autonomous-system:number": Kind.ASN,
    "file:name": Kind.FILE,
    "mutex:name": Kind.MUTEX,
    "file:hashes.MD5": Kind.MD5,
    "file:hashes.SHA1": Kind.SHA1,
    "file:hashes.SHA256": Kind.SHA256,
    "file:hashes.SHA512": Kind.SHA512,
}
ADDRESSES = {
    "ipv4-addr:value": (Kind.IPV4, Kind.IPV4_NETWORK),
    "ipv6-addr:value": (Kind.IPV6, Kind.IPV6_NETWORK),
}
# Each of these gives nothing back that it has taken: whatever comes, the time is that of its length.
SPELT = re.compile(rf"(?:[^'/]++|{TEXT}|/\*(?:[^*]++|\*(?!/))*+\*/|//[^\r\n]*+|/(?![*/]))*+")
TOLD = re.compile(rf"(?P<text>{TEXT})|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|//[^\r\n]*+")
COMPARED = re.compile(
    rf"(?P<text>{TEXT})|(?<![a-z0-9-])(?P<path>[a-z0-9-]++:(?:[\w.-]|{TEXT})++)\s*+(?P<negated>NOT\s++)?+"
    rf"(?:==?|IN|ISSUBSET)\s*+(?P<given>{TEXT}|[0-9]++|\(\s*+{ONE}(?:\s*+,\s*+{ONE})*+\s*+\))"
)
GIVEN = re.compile(ONE)


def pattern_problem(pattern: Any) -> str:
    """A sentence that says what is wrong, or nothing."""
    if not isinstance(pattern, str) or not pattern:
        return _("The pattern of an indicator is a text.")
    if len(pattern) > MOST_CHARACTERS:
        return _("The pattern is too long: it may have %(most)d characters.") % {"most": MOST_CHARACTERS}
    if SIMPLE.fullmatch(pattern):
        return ""
    if not SPELT.fullmatch(pattern):  # the parser looks for the end of a text from each quote anew
        return _no_pattern("")
    if _depth(pattern) > DEEPEST:
        return _("The pattern is nested too deeply: at most %(most)d levels are read.") % {"most": DEEPEST}
    try:
        wrong = run_validator(pattern, stix_version="2.1")
    except Exception:  # the parser was generated, and what it raises for odd texts is not documented
        wrong = [""]
    return _no_pattern(wrong[0]) if wrong else ""


def _no_pattern(why: str) -> str:
    """`why`: as the parser says it, in English."""
    told = {"why": why.removeprefix("FAIL: ")[:200].strip()}
    return _("The pattern is none of STIX 2.1. %(why)s") % told


def needs_parser(value: dict[str, Any]) -> bool:
    """Whether reading its pattern takes long: milliseconds, not microseconds."""
    pattern = value.get("pattern")
    is_read = value.get("type") == "indicator" and value.get("pattern_type") == "stix" and isinstance(pattern, str)
    return is_read and not SIMPLE.fullmatch(pattern)  # type: ignore[arg-type]


def _depth(pattern: str) -> int:
    depth = deepest = 0
    for found in STEP.finditer(pattern):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(found[0], 0)
        deepest = max(deepest, depth)
    return deepest


def values_of(value: dict[str, Any]) -> list[tuple[str, str]]:
    """What an indicator or an observable points at, each once, in the one form of the house; what has none is left."""
    found: dict[tuple[str, str], None] = {}
    for path, given in _pointed_at(value):
        if normal := _normal(path, given):
            found[normal] = None
    return list(found)


def _pointed_at(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Paths of the grammar with their values."""
    kind = value.get("type")
    if kind == "indicator":
        if value.get("pattern_type") == "stix" and isinstance(value.get("pattern"), str):
            yield from _compared(value["pattern"][:MOST_CHARACTERS])
    elif kind == "file":
        yield "file:name", str(value.get("name") or "")
        hashes = value.get("hashes")
        for name, given in hashes.items() if isinstance(hashes, dict) else ():
            yield _one_path(f"file:hashes.{name}"), str(given)
    elif isinstance(kind, str):
        of = {"autonomous-system": "number", "mutex": "name"}.get(kind, "value")
        yield f"{kind}:{of}", str(value.get(of))


def _compared(pattern: str) -> Iterator[tuple[str, str]]:
    plain = TOLD.sub(lambda found: found["text"] or " ", pattern) if SPELT.fullmatch(pattern) else ""
    for found in COMPARED.finditer(plain):
        if found["path"] and not found["negated"]:
            for given in GIVEN.findall(found["given"]):
                yield _one_path(found["path"]), _unquoted(given)


def _one_path(path: str) -> str:
    """A hash is written in many ways: MD5, 'SHA-256', SHA256."""
    kind, _colon, rest = path.partition(":")
    return f"{kind}:{rest.replace(chr(39), '').replace('-', '')}" if rest.startswith("hashes") else path


def _unquoted(given: str) -> str:
    return given[1:-1].replace("\\'", "'").replace("\\\\", "\\") if given.startswith("'") else given


def _normal(path: str, given: str) -> tuple[str, str] | None:
    if path in ADDRESSES:
        kind = ADDRESSES[path]["/" in given]
    elif path in PATHS:
        kind = PATHS[path]
    else:
        return None
    if not given or len(given) > LONGEST_VALUE or not given.isprintable():
        return None
    try:
        normal = normalise(given, kind)
    except ValidationError:
        return None
    return (kind.value, normal) if len(normal) <= LONGEST_VALUE else None
