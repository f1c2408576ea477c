"""Objects that a team brings into a collection, and those that the portal makes.

What was decided once stands here: whose an id is, which label a collection takes, and what is a duplicate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.scope import current_reach
from common.tlp import Tlp, is_stricter, strictest
from csirt_network.models import Alert, Team
from exchange.actions.holding import STANDING, Held, New, hold, put, stamp, text_of
from exchange.actions.owning import Here, Lines, Portals, is_portals, known_of, of_portal, same_version, says
from exchange.actions.portal import TooMuch, about_portal, take
from exchange.actions.removing import remove
from exchange.models import Collection, StixObject
from exchange.signals import objects_added
from exchange.stix.checking import OF_OBSERVABLES, problem_of, version_of
from exchange.stix.cutting import Given
from exchange.stix.labels import label_of, labels_together
from exchange.stix.names import name_of, sought
from exchange.stix.patterns import values_of
from review.actions import Refused

__all__ = ["Added", "Given", "Made", "add", "bring", "keep", "try_out"]
Labels = Sequence[Tlp | None]


class Added(NamedTuple):
    """Each is {"id", "version", "message"}, as the status of TAXII 2.1 has it (section 4.3.2); in their order."""

    successes: list[dict[str, str]]
    failures: list[dict[str, str]]


class Made(NamedTuple):
    """An object that the portal makes, from an alert or of itself (an identity, for one)."""

    value: dict[str, Any]
    alert: Alert | None = None
    from_team: Team | None = None


@dataclass
class _Brought:
    """One of the objects while it is decided what becomes of it."""

    given: Given
    problem: str = ""
    message: str = ""
    label: Tlp | None = None
    row: StixObject | None = None
    points_at: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def add(*, collection: Collection, team: Team, objects: list[Given], by: Any) -> Added:
    """To be called in the scope of the team. Each object is taken or refused for itself, with a sentence.

    Refused as a whole when the collection takes nothing from the team.
    """
    brought = _bring(collection, team, objects, None, by)
    return Added(
        [_taken(one) for one in brought if not one.problem],
        [result_of(one.given.value, message=one.problem) for one in brought if one.problem],
    )


@transaction.atomic
def bring(
    *, collection: Collection, team: Team, objects: list[Given], labels: Labels | None, by: Any
) -> list[tuple[str, str]]:
    """The same, answered in the order of the objects: ("added" | "there" | "refused", why).

    `labels`: under which each is brought, whatever says none of itself; None: as `add` tells them.
    """
    return [_outcome(one, "added") for one in _bring(collection, team, objects, labels, by)]


@transaction.atomic
def try_out(
    *, collection: Collection, team: Team, objects: list[Given], labels: Labels | None, by: Any
) -> list[tuple[str, str]]:
    """What `bring` would answer, with "new" for what it would add: it is done, and undone."""
    with transaction.atomic():
        found = [_outcome(one, "new") for one in _judged(collection, team, objects, labels, by)[0]]
        transaction.set_rollback(True)
    return found


def _bring(
    collection: Collection, team: Team, objects: list[Given], labels: Labels | None, by: Any
) -> list["_Brought"]:
    brought, held = _judged(collection, team, objects, labels, by)
    new = [New(one.row, one.given.value, one.points_at) for one in brought if one.row]
    if rows := put(collection, new, held):
        objects_added.send(sender=Collection, collection=collection, team=team, rows=rows, by=by)
    return brought


def _judged(
    collection: Collection, team: Team, objects: list[Given], labels: Labels | None, by: Any
) -> tuple[list["_Brought"], Held]:
    """What becomes of each; the lock of the collection is held."""
    if not collection.takes_from(team):
        raise Refused(_("This collection takes no objects from your team."))
    brought = [_Brought(given, problem_of(given.value)) for given in objects]
    sound = [one for one in brought if not one.problem]
    if labels is None:
        pairs = zip(sound, labels_together([one.given.value for one in sound]), strict=True)
    else:
        pairs = zip(brought, labels, strict=True)
    for one, label in pairs:
        one.label, one.problem = label, one.problem or _problem_of_label(label, collection)
    sound = [one for one in sound if not one.problem]
    for one in sound:
        one.points_at = values_of(one.given.value)
    held = hold(collection, (one.given.value["id"] for one in sound))
    _decide(sound, held, collection, team)
    _say_in_portal(collection, sound, team, by)
    return brought, held


def _outcome(one: "_Brought", done: str) -> tuple[str, str]:
    if one.problem:
        return "refused", _plain(one.problem)
    return (done, "") if one.row else ("there", _plain(one.message))


@transaction.atomic
def keep(*, collection: Collection, objects: list[Made]) -> list[StixObject]:
    """In the scope PROGRAMME. What is there already stays; a version that says something else takes its place.

    Raises ValueError when an object is labelled more strictly than the collection: nothing is published by mistake.
    """
    values = [values_of(made.value) for made in objects]
    held = hold(collection, (made.value["id"] for made in objects))
    new, in_the_way = [], []
    for made, points_at in zip(objects, values, strict=True):
        row = _made_row(collection, made)
        standing = [old for old in held.rows.get(row.stix_id, ()) if not old.gone_at]
        in_place = [old for old in standing if is_portals(old) and same_version(old, row.version)]
        if not any(says(old, made.value) for old in in_place):
            in_the_way += [*in_place, *(old for old in standing if not is_portals(old))]
            new.append(New(row, made.value, points_at))
    if in_the_way:
        remove(in_the_way)
    return put(collection, new, held)


def _made_row(collection: Collection, made: Made) -> StixObject:
    label = label_of(made.value) or collection.tlp
    if is_stricter(label, than=collection.tlp):
        raise ValueError(f"{made.value['id']} is {label}, and {collection.kind} takes {collection.tlp} at most")
    row = _row(collection, text_of(made.value), made.value)
    row.alert, row.from_team = made.alert, made.from_team if made.alert else None
    return row


def _row(collection: Collection, text: str, value: dict[str, Any]) -> StixObject:
    """An observable has no version of its own: it gets that of its date of adding (holding.py)."""
    return StixObject(  # type: ignore[misc]
        collection=collection,
        stix_id=value["id"],
        type=value["type"],
        version=version_of(value),
        body=text,
        sought=sought(name_of(value)),
        tlp=strictest([label_of(value) or collection.tlp, collection.tlp]),
    )


def _problem_of_label(label: Tlp | None, collection: Collection) -> str:
    if label == Tlp.RED:
        return _("The object is under TLP:RED, which is for named persons and never for programs.")
    if label is None and collection.kind != Collection.Kind.TEAM:
        return _("The object has no label. Mark it with one of TLP 2.0, or send it with what it belongs to.")
    if label and is_stricter(label, than=collection.tlp):
        told = {"label": label.label, "most": collection.tlp.label}
        return _("The object is under %(label)s, and this collection takes up to %(most)s.") % told
    return ""


def _decide(sound: list[_Brought], held: Held, collection: Collection, team: Team) -> None:
    ids = [one.given.value["id"] for one in sound]
    elsewhere, portals, known = _elsewhere(ids, collection), of_portal(ids), known_of(held.rows, team)
    seen: dict[tuple[str, Any], Given] = {}
    lines = Lines(held.rows, known, team)
    for one in sound:
        value = one.given.value
        here = Here(
            known=known.get(value["id"], []),
            others=[] if value["type"] in OF_OBSERVABLES else elsewhere.get(value["id"], []),
            team=team,
        )
        first = seen.setdefault((value["id"], version_of(value)), one.given)
        one.problem, one.message = _standing_of(value, here, portals)
        one.label = here.label_of(value, one.label)
        one.problem = one.problem or ("" if one.message else _problem_of_label(one.label, collection))
        if not one.problem and first is not one.given:
            is_same = first.value == value
            one.problem, one.message = ("", _twice()) if is_same else (_two_texts(), "")
        if not one.problem and not one.message:
            one.row = _row(collection, one.given.text, value)
            one.row.tlp = strictest([one.label or collection.tlp, collection.tlp])
            one.row.from_team, one.row.readers, one.row.line = team, held.readers, lines.of(one.row)


def _say_in_portal(collection: Collection, brought: list[_Brought], team: Team, by: Any) -> None:
    """What is about the portal's own alerts is said there too, or refused as a page would.

    Said in the portal it bears the name of the team, which some groups hide.
    """
    new = {id(one.given.value): one for one in brought if one.row}
    full: dict[int, str] = {}  # alerts of which no more is said now
    for about in about_portal([one.given.value for one in new.values()]):
        one = new[id(about.value)]
        if one.row:
            one.row.about_alert_id = about.alert
        if collection.hides_members or about.alert in full:
            one.message = full.get(about.alert, "")
            continue
        try:
            one.problem = take(about, team, by, label=one.label)
        except TooMuch as much:
            one.message = full[about.alert] = str(much)
        one.row = None if one.problem else one.row


def _standing_of(value: dict[str, Any], here: Here, portals: Portals) -> tuple[str, str]:
    """The problem of bringing it, or the word that it is here already, or neither."""
    if value["id"] in STANDING:
        return "", _("The portal brings the markings of TLP 2.0 itself, wherever they are used.")
    version = version_of(value)
    same = [row for row in here.known if not row.gone_at and same_version(row, version)]
    if any(says(row, value) for row in same):
        return "", _twice()
    if value["id"] in portals.ids:
        return _("The portal makes the object with this “id” itself."), ""
    if here.is_of_another and value["type"] not in OF_OBSERVABLES and not here.is_copy(value):
        return _("Another team brought this “id” first. Only that team changes it; make an object of your own."), ""
    if same and version:
        return _two_texts(), ""
    if portals.is_forged(value, here.team) and not here.is_copy(value):
        return _("The “created_by_ref” of the object names another team or the programme. Name your own team."), ""
    return "", ""


def _twice() -> str:
    return _("It is here already.")


def _two_texts() -> str:
    return _("This version is here already and says something else. Send the change with a later “modified”.")


def _elsewhere(ids: Iterable[str], collection: Collection) -> dict[str, list[StixObject]]:
    """What the team may read of them in other collections: of what it may not, it learns nothing."""
    rows = StixObject.objects.readable_in(current_reach()).filter(stix_id__in=sorted(ids))
    found: dict[str, list[StixObject]] = {}
    for row in rows.exclude(collection=collection).order_by("date_added"):
        found.setdefault(row.stix_id, []).append(row)
    return found


def _taken(one: _Brought) -> dict[str, str]:
    version = one.row.version if one.row else version_of(one.given.value)
    return result_of(one.given.value, version=version, message=one.message)


def result_of(value: dict[str, Any], *, version: datetime | None = None, message: str = "") -> dict[str, str]:
    """What is told of one object: its id and version as far as it has them, and why it was refused."""
    told = {"id": _plain(value.get("id"))[:150], "version": stamp(version or timezone.now())}
    return told | ({"message": _plain(message)} if message else {})


def _plain(text: Any) -> str:
    """Without what no database keeps."""
    return str(text or "").replace("\0", "").encode(errors="replace").decode()
