"""Rows of the exchange in the invented worlds of tests/csirt_network/test_differential.py, whose readers are teams.

`MODELS` are the tables whose rows are made here: a table more of this app gets rows here too.
"""What machines exchange, in the invented worlds of tests/csirt_network/test_differential.py: objects in a collection of
each kind, made of an alert and brought by a team, and what belongs to teams.

`MODELS` are the tables whose rows are made here.
"""

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.scope import PROGRAMME, scope
from exchange.models import Collection, MachineToken, Mirroring, Observable, Push, StixObject

MODELS = {Collection, MachineToken, Mirroring, Observable, Push, StixObject}
NUMBERS = itertools.count()
START = timezone.now()


def make_collections(ground: Any) -> list[Collection]:
    """Once, as the programme: of everybody, of the community, of the sharing group and of each team."""
    of_all = [Collection(kind="public"), Collection(kind="community"), Collection(kind="group", group=ground.group)]
    return Collection.objects.bulk_create([*of_all, *(Collection(kind="team", team=team) for team in ground.teams)])


def populate(ground: Any, item: Any, alert: Any, author: Any) -> None:
    """In every collection an object of the alert and one that a team pushed; what programs ask for, and work."""
    team = ground.teams[item.origin or 0]
    with scope(PROGRAMME):
        readers = [ground.teams[pk].pk for pk in sorted(item.sent_to)]
        rows = [_object(collection, alert=alert) for collection in ground.collections]
        rows += [
            _object(each, from_team=team, readers=readers if each.group_id else None) for each in ground.collections
        ]
        StixObject.objects.bulk_create(rows)
        Observable.objects.bulk_create([Observable(object=row, kind="domain", value="bad.example") for row in rows])
        Mirroring.objects.bulk_create([Mirroring(alert=alert), Mirroring(collection=ground.collections[0])])
        until = timezone.now() + timedelta(days=1)
        key = f"k{next(NUMBERS)}"
        MachineToken.objects.create(
            team=team, name="x", key=key, digest=key, scopes=["read"], made_by=author, expires_at=until
        )
        Push.objects.create(collection=ground.collections[0], team=team, by=author)


def _object(collection: Collection, **facts: Any) -> StixObject:
    number = next(NUMBERS)
    said = {"stix_id": f"indicator--{number}", "type": "indicator", "version": START, "body": "{}", "tlp": "CLEAR"}
    return StixObject(collection=collection, date_added=START + timedelta(microseconds=number), **said, **facts)
from csirt_network.models import Alert, SharingGroup, Team
from exchange.models import Collection, Import, ImportRun, MachineToken, Observable, Push, StixObject

MODELS: set[Any] = {Collection, Import, ImportRun, MachineToken, Observable, Push, StixObject}
NUMBERS = itertools.count()


def populate(teams: list[Team], group: SharingGroup, sent_to: list[Team], alert: Alert, author: Any) -> None:
    """As the portal itself, which writes whatever there is."""
    with scope(PROGRAMME):
        for of in ({"kind": "public"}, {"kind": "community"}, {"kind": "group", "group": group}):
            _fill(Collection.objects.get_or_create(**of)[0], sent_to, alert)
        for team in teams:
            own = Collection.objects.get_or_create(kind="team", team=team)[0]
            _fill(own, sent_to, alert)
            _of_team(team, own, author)


def _fill(collection: Collection, sent_to: list[Team], alert: Alert) -> None:
    readers = [team.pk for team in sent_to] if collection.kind == "group" else None
    for of in (None, alert):
        number = next(NUMBERS)
        row = StixObject.objects.create(
            collection=collection,
            date_added=timezone.now() + timedelta(microseconds=number),
            version=timezone.now(),
            stix_id=f"note--{number}",
            type="note",
            tlp=collection.tlp,
            alert=of,
            from_team=sent_to[0],
            readers=readers,
        )
        Observable.objects.create(object=row, kind="domain", value="x.example")


def _of_team(team: Team, own: Collection, author: Any) -> None:
    kept = {"team": team, "collection": own, "by": author}
    Push.objects.create(**kept)
    importing = Import.objects.create(name="x", format="csv", size=1, content=b"x", **kept)
    ImportRun.objects.create(importing=importing, by=author)
    until, number = timezone.now(), next(NUMBERS)
    MachineToken.objects.create(team=team, name="x", key=f"{number}", scopes=["read"], made_by=author, expires_at=until)
