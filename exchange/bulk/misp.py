"""Events of MISP, as its pages export them and as its feeds offer them: each attribute a line."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from common.moments import in_utc
from common.tlp import strictest
from csirt_network import indicators
from csirt_network.indicators import Kind
from documents.refusal import Refused
from exchange.bulk import making
from exchange.bulk.lines import Line, Terms, plain
from exchange.bulk.words import LABELS, Red, refused_if_red

# "": told by sight; two of them: a composite value with a bar between, of which "-" is no indicator.
TYPES: dict[str, tuple[str, ...]] = {
    "ip-src": ("",),
    "ip-dst": ("",),
    "ip-src|port": ("", "-"),
    "ip-dst|port": ("", "-"),
    "domain": (Kind.DOMAIN,),
    "hostname": (Kind.DOMAIN,),
    "hostname|port": (Kind.DOMAIN, "-"),
    "domain|ip": (Kind.DOMAIN, "-"),
    "url": (Kind.URL,),
    "uri": (Kind.URL,),
    "email": (Kind.EMAIL,),
    "email-src": (Kind.EMAIL,),
    "email-dst": (Kind.EMAIL,),
    "md5": (Kind.MD5,),
    "sha1": (Kind.SHA1,),
    "sha256": (Kind.SHA256,),
    "sha512": (Kind.SHA512,),
    "filename": (Kind.FILE,),
    "filename|md5": ("-", Kind.MD5),
    "filename|sha1": ("-", Kind.SHA1),
    "filename|sha256": ("-", Kind.SHA256),
    "filename|sha512": ("-", Kind.SHA512),
    "mutex": (Kind.MUTEX,),
    "AS": (Kind.ASN,),
}
OFF = (False, 0, "0", "false", "")
Said = dict[str, Any]


def is_misp(given: Any) -> bool:
    return bool(_events(given))


def lines_of(given: Any, terms: Terms) -> Iterator[Line]:
    number = 0
    first: dict[indicators.Indicator | int, int] = {}
    for event in _events(given):
        if why := _red(event):  # with or without attributes
            yield Line(number + 1, "", why=why, is_red=True)
        for attribute in _attributes(event):
            number += 1
            line = Line(number, plain(f"{attribute.get('type')}: {attribute.get('value')}"))
            try:
                one = _fill(line, attribute, event, terms)
                if (before := first.setdefault(one, number)) != number:
                    line.why, line.is_left = _("The same as attribute %(number)d.") % {"number": before}, True
            except ValidationError as problem:
                line.why, line.is_red = problem.messages[0], isinstance(problem, Red)
            yield line


def _red(event: Said) -> str:
    try:
        label_of(_tags(event))
    except Red as problem:
        return str(problem.messages[0])
    return ""


def _events(given: Any) -> list[Said]:
    """{"Event": …}, {"response": [{"Event": …}]} or a list of them."""
    if isinstance(given, dict) and "response" in given:
        given = given["response"]
    several = given if isinstance(given, list) else [given]
    found = [one.get("Event") for one in several if isinstance(one, dict)]
    return [event for event in found if isinstance(event, dict)]


def _attributes(event: Said) -> Iterator[Said]:
    """Its own, and those of its objects; of a deleted object none counts."""
    yield from _dicts(event, "Attribute")
    for one in _dicts(event, "Object"):
        gone = {"deleted": True} if one.get("deleted") not in (None, *OFF) else {}
        yield from ({**attribute, **gone} for attribute in _dicts(one, "Attribute"))


def _dicts(holder: Said, name: str) -> list[Said]:
    found = holder.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        sentence = _("This is no event of MISP that can be read: “%(name)s” is no list of objects.")
        raise Refused(sentence, params={"name": name})
    return found


def _fill(line: Line, attribute: Said, event: Said, terms: Terms) -> indicators.Indicator | int:
    label = label_of([*_tags(event), *_tags(attribute)])
    if reason := _left_out(attribute):
        line.why, line.is_left = reason, True
        return line.number
    typed, kind = _value(attribute)
    one = making.found(typed, kind)
    line.what = plain(f"{attribute['type']}: {indicators.defang(one.value, one.kind)}")
    note = plain(attribute.get("comment") or "", making.LONGEST_NOTE)
    making.make(line, one, terms, label=label, seen=_seen(attribute, event), note=note)
    return one


def _left_out(attribute: Said) -> str:
    if attribute.get("deleted") not in (None, *OFF):
        return _("It was deleted in MISP.")
    if attribute.get("to_ids", False) in OFF:
        return _("It is not meant for detection: its mark for intrusion detection (to_ids) is off.")
    return ""


def _value(attribute: Said) -> tuple[str, str]:
    """The part that is an indicator, and its kind."""
    kind, value = attribute.get("type"), attribute.get("value")
    parts = TYPES.get(kind) if isinstance(kind, str) else None
    if parts is None:
        sentence = _("The portal takes no attributes of the type “%(type)s” as indicators.")
        raise ValidationError(sentence % {"type": plain(kind, 40)})
    if not isinstance(value, str):
        raise ValidationError(_("This attribute has no value."))
    values = value.split("|") if len(parts) > 1 else [value]
    if len(values) != len(parts):
        raise ValidationError(_("The value of this attribute must have two parts with a bar between them."))
    return next((typed, kind) for typed, kind in zip(values, parts, strict=True) if kind != "-")


def _tags(holder: Said) -> list[str]:
    return [str(tag.get("name", "")).casefold() for tag in _dicts(holder, "Tag")]


def label_of(tags: Iterable[str]) -> str:
    """The strictest that they say; empty when none does. Raises ValidationError for what never comes in."""
    if "pap:red" in tags:
        raise Red(_("What is under PAP:RED may not leave your network."))
    said = [LABELS[name] for tag in tags if tag.startswith("tlp:") and (name := tag[4:].strip()) in LABELS]
    return refused_if_red(strictest(said)) if said else ""


def _seen(attribute: Said, event: Said) -> datetime | None:
    """When it was first seen, else when it was last changed, else the day of the event."""
    return _moment(attribute.get("first_seen")) or _moment(attribute.get("timestamp")) or _moment(event.get("date"))


def _moment(said: Any) -> datetime | None:
    """As MISP writes times: seconds, text with a zone, or a day; None for what is no time."""
    try:
        if isinstance(said, int) or (isinstance(said, str) and said.isdecimal()):
            return datetime.fromtimestamp(int(said), UTC) if int(said) else None
        return in_utc(parse_datetime(said) or datetime.fromisoformat(said)) if isinstance(said, str) else None
    except (ValueError, OverflowError, OSError):
        return None
