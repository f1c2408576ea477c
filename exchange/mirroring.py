"""Collections follow the portal: public, community and each team's hold its alerts as their readers see them.

What a collection is to hold is made in the reach of its reader; what it holds is compared with that, and changed, as
the portal. Safe to be done twice, by two at once, and to be broken off anywhere: what belongs together is one
transaction, and whoever is at a collection holds its lock.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from common.scope import NOTHING, PROGRAMME, Reach, scope
from common.tlp import Tlp
from csirt_network.models import Alert, AlertVersion, Comment, Sighting
from csirt_network.team_reader import TeamReader, reach_of_team
from exchange.actions.holding import lock
from exchange.actions.removing import remove
from exchange.comparing import View, settle
from exchange.models import Collection, StixObject
from exchange.stix.ids import MILLISECOND
from exchange.stix.making import parts_of
from notices.work import finish

if TYPE_CHECKING:
    from exchange.models import Mirroring

HOLDS: dict[str, tuple[Tlp, ...]] = {
    Collection.Kind.PUBLIC: (Tlp.CLEAR,),
    Collection.Kind.COMMUNITY: (Tlp.GREEN,),
    Collection.Kind.GROUP: (),
    Collection.Kind.TEAM: (Tlp.AMBER, Tlp.STRICT),
}
AT_ONCE = 50  # alerts in one transaction


class CommunityReader(AnonymousUser):
    """Whoever is of the network, and of no team."""

    reach = Reach(community=True)


def work_on(job: "Mirroring") -> None:
    """An alert in every collection, or a collection with all its alerts."""
    token = job.attempts
    if job.alert_id:
        take_back(job.alert_id)
    pieces = list(_pieces(job))
    for done, (collection, alerts) in enumerate(pieces, 1):
        mirror(collection, alerts)
        job.step(done, len(pieces))
    finish(job, token)


def take_back(alert: int) -> None:
    """A comment that a team pushed and withdrew goes out of every collection; as one it revoked it is told of there."""
    with scope(PROGRAMME, page="mirroring"):
        found = StixObject.objects.standing().filter(about_alert=alert, alert=None, type="note")
        rows = list(found.order_by("version"))
        said = {row.stix_id: json.loads(row.body) for row in rows}
        withdrawn = set()
        for team in {row.from_team_id for row in rows if row.from_team_id}:
            with scope(reach_of_team(team)):  # the programme does not read what teams say among themselves
                keys = Comment.objects.filter(alert=alert, withdrawn_at__isnull=False).values_list("key", flat=True)
                withdrawn |= {f"note--{key}" for key in keys}
        remove(row for row in rows if row.stix_id in withdrawn and not said[row.stix_id].get("revoked"))


def catch_up() -> int:
    """Alerts that no change told of, such as those of a team that joined or left: brought in, or taken away."""
    found = 0
    for collection in _collections():
        alerts = stale_in(collection)
        for some in _in_pieces(alerts):
            mirror(collection, some)
        found += len(alerts)
    return found


def mirror(collection: Collection, alerts: Iterable[int]) -> None:
    """Makes the collection hold what its reader may read of these alerts today, and nothing else of them."""
    reader = reader_of(collection)
    with scope(PROGRAMME, page="mirroring"):
        lock(collection.pk)
        with scope(reader.reach):
            views = _views(collection, reader, alerts)
        for alert in sorted(alerts):
            settle(collection, alert, views.get(alert))


def stale_in(collection: Collection) -> list[int]:
    """Of reports: missing, older than their alert, or not its reader's any more."""
    with scope(reader_of(collection).reach):
        today = dict(_readable(collection, HOLDS[collection.kind]).values_list("pk", "changed"))
    with scope(PROGRAMME):
        reports = StixObject.objects.newest().filter(collection=collection, alert__isnull=False, type="report")
        held = dict(reports.values_list("alert", "version"))
    new = [alert for alert, changed in today.items() if alert not in held or _is_later(changed, held[alert])]
    return sorted([*new, *(held.keys() - today.keys())])


def reader_of(collection: Collection) -> Any:
    """Who reads it, and nothing beyond."""
    if collection.team_id:
        return TeamReader(collection.team_id)
    if collection.kind == Collection.Kind.COMMUNITY:
        return CommunityReader()
    nobody: Any = AnonymousUser()
    nobody.reach = NOTHING
    return nobody


def _pieces(job: "Mirroring") -> Iterator[tuple[Collection, Iterable[int]]]:
    with scope(PROGRAMME):
        collection = job.collection
    if collection is None:
        yield from ((each, [job.alert_id] if job.alert_id else []) for each in _collections())
        return
    with scope(reader_of(collection).reach):
        today = set(_concerning(collection).values_list("pk", flat=True))
    with scope(PROGRAMME):
        held = StixObject.objects.newest().filter(collection=collection, alert__isnull=False).order_by()
        today |= set(held.values_list("alert", flat=True).distinct())
    yield from ((collection, some) for some in _in_pieces(sorted(today)))


def _collections() -> list[Collection]:
    with scope(PROGRAMME):
        return list(Collection.objects.exclude(kind=Collection.Kind.GROUP).order_by("pk"))


def _readable(collection: Collection, labels: Iterable[str]) -> Any:
    """In the scope of the reader: what programs may pass on by themselves, with when it last changed."""
    reader = reader_of(collection)
    today = AlertVersion.objects.visible_to(reader).filter(
        alert=OuterRef("pk"), number=OuterRef("version"), number__gt=1
    )
    went_out = Coalesce(Subquery(today.values("at")[:1]), F("published_at"))
    alerts = Alert.objects.visible_to(reader).by_feed().filter(tlp__in=labels).order_by("pk")
    return alerts.annotate(changed=Greatest(went_out, F("closed_at")))


def _concerning(collection: Collection) -> Any:
    """Those that belong there, and those of which something was said that does."""
    reader = reader_of(collection)
    said = [rows.visible_to(reader).values("alert") for rows in (Comment.objects, Sighting.objects)]
    concerned = Q(tlp__in=HOLDS[collection.kind]) | Q(pk__in=said[0]) | Q(pk__in=said[1])
    return _readable(collection, Tlp.values).filter(concerned)


def _views(collection: Collection, reader: Any, alerts: Iterable[int]) -> dict[int, View]:
    labels = HOLDS[collection.kind]
    views = {}
    for alert in _readable(collection, Tlp.values).filter(pk__in=list(alerts)).select_related("from_team"):
        parts, frame = parts_of(alert, reader)
        views[alert.pk] = View(alert, [part for part in parts if part.tlp in labels], frame, alert.tlp in labels)
    return views


def _in_pieces(alerts: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(alerts)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _is_later(changed: datetime, held: datetime) -> bool:
    return changed - held >= MILLISECOND
