"""What a collection holds of an alert, made what it is to hold. In the scope PROGRAMME, with the collection's lock."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from csirt_network.models import Alert
from exchange.actions.adding import Made, keep
from exchange.actions.removing import remove
from exchange.models import Collection, StixObject
from exchange.stix.ids import MILLISECOND, moment, read_moment
from exchange.stix.labels import LABELS
from exchange.stix.making import framed
from exchange.stix.sheet import Part

SAID = ("note", "opinion", "sighting")


@dataclass(frozen=True)
class View:
    """An alert as the reader of a collection sees it, as far as it belongs there. `frame`: markings and identities.

    `is_here`: the alert itself belongs there, and not only what was said of it.
    """

    alert: Alert
    parts: list[Part]
    frame: dict[str, dict[str, Any]]
    is_here: bool


@dataclass(frozen=True)
class Standing:
    """The last version of an object, as it is held."""

    rows: list[StixObject]  # all its versions
    value: dict[str, Any]
    version: datetime


def settle(collection: Collection, alert: int, view: View | None) -> None:
    held = _held(StixObject.objects.standing().filter(collection=collection, alert=alert))
    if view is None:
        remove(row for one in held.values() for row in one.rows)
        return
    parts = _without_pushed(collection, view.parts)
    made = [Made(_next(part.value, held), view.alert, part.team) for part in parts if _is_news(part.value, held)]
    beyond = [one for stix_id, one in held.items() if stix_id not in {part.value["id"] for part in parts}]
    for one in beyond:
        if view.is_here and one.value["type"] not in SAID:
            made += (
                [Made(_revoked(one, view), view.alert, view.alert.from_team)] if not one.value.get("revoked") else []
            )
        else:
            remove(one.rows)
    if made:
        keep(collection=collection, objects=[*_frame(collection, made, view), *made])


def _held(rows: Any) -> dict[str, Standing]:
    by_id: dict[str, list[StixObject]] = {}
    for row in rows.order_by("version", "date_added"):
        by_id.setdefault(row.stix_id, []).append(row)
    return {stix_id: Standing(rows, json.loads(rows[-1].body), rows[-1].version) for stix_id, rows in by_id.items()}


def _without_pushed(collection: Collection, parts: list[Part]) -> list[Part]:
    """What a team pushed here itself, which then was said in the portal, is here already."""
    ids = {f"{part.value['type']}--{part.key}": part for part in parts if part.key}
    pushed = StixObject.objects.standing().filter(collection=collection, alert=None, stix_id__in=sorted(ids))
    there = [ids[stix_id] for stix_id in pushed.values_list("stix_id", flat=True)]
    return [part for part in parts if part not in there]


def _is_news(value: dict[str, Any], held: dict[str, Standing]) -> bool:
    """A new version of an alert leaves most of what hangs on it as it was; its report says the version itself."""
    one = held.get(value["id"])
    if one is None:
        return True
    is_later = value["type"] == "report" and read_moment(value["modified"]) > one.version
    return is_later or _words(value) != _words(one.value)


def _words(value: dict[str, Any]) -> dict[str, Any]:
    return {name: said for name, said in value.items() if name != "modified"}


def _next(value: dict[str, Any], held: dict[str, Standing]) -> dict[str, Any]:
    """Later than the version that is held: one version never says two things (STIX 2.1, section 3.6)."""
    one = held.get(value["id"])
    if one is None or read_moment(value["modified"]) > one.version:
        return value
    return value | {"modified": moment(one.version + MILLISECOND)}


def _revoked(one: Standing, view: View) -> dict[str, Any]:
    """Left out of the alert: whoever has it is told so, and those alone."""
    report = next(part.value for part in view.parts if part.value["type"] == "report")
    marks = {"object_marking_refs": report["object_marking_refs"], "modified": report["modified"]}
    return _next(one.value | marks | {"revoked": True}, {one.value["id"]: one})


def _frame(collection: Collection, made: list[Made], view: View) -> list[Made]:
    """What these refer to; the markings of TLP 2.0 come by themselves. An identity that changed has a new version."""
    wanted = [one for one in framed([one.value for one in made], view.frame) if one not in LABELS]
    held = _held(StixObject.objects.standing().filter(collection=collection, alert=None, stix_id__in=wanted))
    return [Made(_next(view.frame[one], held)) for one in wanted if _is_news(view.frame[one], held)]
