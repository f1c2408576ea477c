"""What is said of an alert: comments are notes, and what teams have seen are sightings, opinions and notes."""

from collections.abc import Iterator
from typing import Any

from common.tlp import Tlp, strictest
from csirt_network.models import Comment, Sighting
from exchange.stix.ids import indicator_id
from exchange.stix.sheet import Part, Sheet

MOST_SEEN = 999_999_999  # STIX 2.1, section 5.2


def notes(sheet: Sheet, report: str) -> Iterator[Part]:
    """Comments. Discussion of what everybody reads stays in the network; what was withdrawn is shown to nobody."""
    tlp = strictest([Tlp.GREEN, sheet.alert.tlp])
    said = Comment.objects.visible_to(sheet.reader).filter(alert=sheet.alert, withdrawn_at=None)
    for one in said.select_related("team"):
        facts: dict[str, Any] = {"created": one.at, "modified": sheet.changed, "by": one.team, "tlp": tlp}
        value = sheet.common("note", "comment", one.pk, content=one.text, object_refs=[report], **facts)
        if one.team is None and sheet.alert.tlp == Tlp.RED:  # a person, whom the alert names
            del value["created_by_ref"]
        yield Part(value, tlp, one.team, one.key)


def sightings(sheet: Sheet, report: str) -> Iterator[Part]:
    """The team's own, and all for whom the alert comes from: who saw something is told to nobody else."""
    tlp = strictest([Tlp.STRICT, sheet.alert.tlp])
    seen: Any = Sighting.objects.visible_to(sheet.reader).filter(alert=sheet.alert)
    for one in seen.select_related("team", "indicator").order_by("pk"):
        facts = {"created": one.at, "modified": one.at, "by": one.team, "tlp": tlp}
        of = indicator_id(one.indicator) if one.indicator else report
        yield Part(_MADE_OF[one.kind](sheet, one, of, facts), tlp, one.team, one.key)


def _sighting(sheet: Sheet, one: Sighting, of: str, facts: dict[str, Any]) -> dict[str, Any]:
    day = f"{one.seen_on:%Y-%m-%d}T00:00:00.000Z"
    note: dict[str, Any] = {"description": one.note} if one.note else {}
    return sheet.common(
        "sighting", "sighting", one.pk, **note, first_seen=day, last_seen=day, count=min(one.count, MOST_SEEN),
        sighting_of_ref=of, where_sighted_refs=[sheet.by(one.team)], **facts,
    )  # fmt: skip


def _opinion(sheet: Sheet, one: Sighting, of: str, facts: dict[str, Any]) -> dict[str, Any]:
    """A false positive has no type of its own in STIX."""
    note: dict[str, Any] = {"explanation": one.note} if one.note else {}
    labels = [str(Sighting.Kind.FALSE_POSITIVE)]
    return sheet.common(
        "opinion", "sighting", one.pk, **note, opinion="disagree", labels=labels, object_refs=[of], **facts
    )


def _expired(sheet: Sheet, one: Sighting, of: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Nor has that something is no longer used."""
    content, labels = one.note or "Expired: no longer used", [str(Sighting.Kind.EXPIRED)]
    return sheet.common("note", "sighting", one.pk, content=content, labels=labels, object_refs=[of], **facts)


_MADE_OF = {
    Sighting.Kind.SEEN: _sighting,
    Sighting.Kind.FALSE_POSITIVE: _opinion,
    Sighting.Kind.EXPIRED: _expired,
}
