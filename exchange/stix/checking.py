"""Whether an object is one of STIX 2.1: what the standard requires, by a table. A store changes nothing of it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from exchange.stix.patterns import pattern_problem

VERSION = "2.1"
LONGEST_TYPE = 100
TYPE = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")
# Small letters alone, as RFC 9562 has them written: one id is one text, whoever compares it.
IDENTIFIER = re.compile(r"([a-z][a-z0-9-]*[a-z0-9])--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?Z")
TIMES = ("created", "modified", "valid_from", "valid_until", "published", "first_seen", "last_seen",
         "first_observed", "last_observed", "start_time", "stop_time")  # fmt: skip
# Sections 4, 5 and 7: what each requires beside type, spec_version, id, created and modified.
REQUIRED: dict[str, tuple[str, ...]] = {
    "attack-pattern": ("name",),
    "campaign": ("name",),
    "course-of-action": ("name",),
    "grouping": ("context", "object_refs"),
    "identity": ("name",),
    "incident": ("name",),
    "indicator": ("pattern", "pattern_type", "valid_from"),
    "infrastructure": ("name",),
    "intrusion-set": ("name",),
    "location": (),
    "malware": (),  # is_family is required by the table of section 4.11 and not by its text
    "malware-analysis": ("product",),
    "note": ("content", "object_refs"),
    "observed-data": ("first_observed", "last_observed", "number_observed"),
    "opinion": ("opinion", "object_refs"),
    "report": ("name", "published", "object_refs"),
    "threat-actor": ("name",),
    "tool": ("name",),
    "vulnerability": ("name",),
    "relationship": ("relationship_type", "source_ref", "target_ref"),
    "sighting": ("sighting_of_ref",),
    "language-content": ("object_ref", "contents"),
    "extension-definition": ("name", "schema", "version", "extension_types", "created_by_ref"),
    "marking-definition": (),  # has no modified: a marking never changes (7.2.1)
}
# Section 6: cyber-observables require neither spec_version nor times.
OF_OBSERVABLES: dict[str, tuple[str, ...]] = {
    "artifact": (),
    "autonomous-system": ("number",),
    "directory": ("path",),
    "domain-name": ("value",),
    "email-addr": ("value",),
    "email-message": ("is_multipart",),
    "file": (),
    "ipv4-addr": ("value",),
    "ipv6-addr": ("value",),
    "mac-addr": ("value",),
    "mutex": ("name",),
    "network-traffic": ("protocols",),
    "process": (),
    "software": ("name",),
    "url": ("value",),
    "user-account": (),
    "windows-registry-key": (),
    "x509-certificate": (),
}
TEXTS = frozenset({
    "name", "context", "pattern", "pattern_type", "product", "content", "opinion", "relationship_type", "schema",
    "version", "path", "value", "description", "abstract", "explanation",
})  # fmt: skip
LISTS = frozenset({
    "labels", "aliases", "indicator_types", "report_types", "malware_types", "threat_actor_types", "tool_types",
    "infrastructure_types", "authors", "roles", "sectors", "goals",
})  # fmt: skip
BEGINS = {
    "created_by_ref": "identity--",
    "object_marking_refs": "marking-definition--",
    "marking_ref": "marking-definition--",
}
UNWRITABLE = re.compile("[\0\ud800-\udfff]")  # no database keeps the one, and no UTF-8 the others


def problem_of(value: dict[str, Any]) -> str:
    """A sentence that says what is wrong with the object, or nothing."""
    return next(_problems(value), "")


def version_of(value: dict[str, Any]) -> datetime | None:
    """When it was modified, or made; an observable has neither. Of an object without a problem."""
    text = None if value["type"] in OF_OBSERVABLES else value.get("modified") or value.get("created")
    return moment(text) if isinstance(text, str) else None


def moment(text: str) -> datetime | None:
    """Section 3.16; digits beyond the microsecond are left off."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if TIMESTAMP.fullmatch(text) else None
    except (ValueError, OverflowError):
        return None


def _problems(value: dict[str, Any]) -> Iterator[str]:
    yield from _of_identity(value)
    kind = value["type"]
    yield from _of_spec_version(value)
    yield from _missing(value, kind)
    yield from _of_forms(value)
    yield from _of_times(value)
    yield from _of_references(value)
    yield from _of_parts(value)
    if kind == "indicator" and value["pattern_type"] == "stix":
        yield from filter(None, [pattern_problem(value["pattern"])])


def _of_identity(value: dict[str, Any]) -> Iterator[str]:
    kind, identifier = value.get("type"), value.get("id")
    if not isinstance(kind, str) or not TYPE.fullmatch(kind) or len(kind) > LONGEST_TYPE:
        yield _("An object has a “type” of lower-case letters, digits and hyphens.")
    found = IDENTIFIER.fullmatch(identifier) if isinstance(identifier, str) else None
    if not found:
        yield _("An object has an “id” such as indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f.")
    elif found[1] != kind:
        yield _("The “id” begins with another type than the object has.")


def _of_spec_version(value: dict[str, Any]) -> Iterator[str]:
    """Without one, what has times is an object of STIX 2.0 (section 3.2)."""
    given = value.get("spec_version")
    if given is None and value["type"] not in OF_OBSERVABLES and ("created" in value or value["type"] in REQUIRED):
        yield _("The object has no “spec_version”, as in STIX 2.0. Send it as STIX 2.1.")
    elif given not in (None, VERSION):
        yield _("The “spec_version” of the object must be 2.1.")


def _missing(value: dict[str, Any], kind: str) -> Iterator[str]:
    required = OF_OBSERVABLES.get(kind, REQUIRED.get(kind, ()))
    if kind in REQUIRED:
        required = ("created", *required) if kind == "marking-definition" else ("created", "modified", *required)
    for name in required:
        given = value.get(name)
        if given is None or given in ("", [], {}):
            yield _("The object has no “%(property)s”, which its type requires.") % {"property": name}


def _of_forms(value: dict[str, Any]) -> Iterator[str]:
    """What the portal reads itself has the form that the standard gives it; types that others made are theirs."""
    is_known = value["type"] in REQUIRED or value["type"] in OF_OBSERVABLES
    for name, given in value.items() if is_known else ():
        if name in TEXTS and not isinstance(given, str):
            yield _("The “%(property)s” of the object must be a text.") % {"property": name}
        elif name in LISTS and not (isinstance(given, list) and all(isinstance(one, str) for one in given)):
            yield _("The “%(property)s” of the object must be a list of texts.") % {"property": name}
        elif name == "revoked" and not isinstance(given, bool):
            yield _("The “%(property)s” of the object must be true or false.") % {"property": name}
    if any(UNWRITABLE.search(text) for text in _texts_in(value)):
        yield _("A text of the object holds a character that cannot be kept: NUL, or half of a surrogate pair.")


def _texts_in(value: Any) -> Iterator[str]:
    """Every text and every name, however deep."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            left += [*one, *one.values()]
        elif isinstance(one, list):
            left += one


def _of_times(value: dict[str, Any]) -> Iterator[str]:
    times: dict[str, datetime] = {}
    for name in TIMES:
        if name in value:
            text = value[name]
            found = moment(text) if isinstance(text, str) else None
            if found is None:
                yield _("The “%(property)s” of the object must be a time such as 2026-03-01T12:00:00.000Z.") % {
                    "property": name
                }
            else:
                times[name] = found
    for early, late in (("created", "modified"), ("valid_from", "valid_until"), ("first_seen", "last_seen"),
                        ("first_observed", "last_observed"), ("start_time", "stop_time")):  # fmt: skip
        if early in times and late in times and times[late] < times[early]:
            yield _("The “%(late)s” of the object is before its “%(early)s”.") % {"late": late, "early": early}


def _of_references(value: dict[str, Any]) -> Iterator[str]:
    """Of the properties that the standard names; what others put into their own is theirs."""
    for name, given in value.items():
        if name.startswith("x_") or not name.endswith(("_ref", "_refs")):
            continue
        is_list = name.endswith("_refs")
        ids = given if is_list and isinstance(given, list) else [given]
        if is_list != isinstance(given, list) or not all(isinstance(i, str) and IDENTIFIER.fullmatch(i) for i in ids):
            yield _("The “%(property)s” of the object must hold ids of objects.") % {"property": name[:60]}
        elif wrong := _wrong_kind(name, ids):
            yield wrong


def _of_parts(value: dict[str, Any]) -> Iterator[str]:
    """Section 7.2.3: a part has a marking, or the language it is in."""
    given = value.get("granular_markings", [])
    for part in given if isinstance(given, list) else [None]:
        marking = part.get("marking_ref") if isinstance(part, dict) else part
        is_none = marking is None and isinstance(part, dict) and isinstance(part.get("lang"), str)
        is_id = isinstance(marking, str) and IDENTIFIER.fullmatch(marking)
        if not is_none and (not is_id or _wrong_kind("marking_ref", [str(marking)])):
            yield _("The “%(property)s” of the object must hold ids of objects.") % {"property": "granular_markings"}


def _wrong_kind(name: str, ids: list[str]) -> str:
    begins = BEGINS.get(name, "")
    if all(identifier.startswith(begins) for identifier in ids):
        return ""
    return _("The “%(property)s” of the object must begin with %(begins)s.") % {"property": name, "begins": begins}
