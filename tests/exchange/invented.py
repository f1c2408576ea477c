"""Rows of the exchange in the invented worlds of tests/csirt_network/test_differential.py, whose readers are teams.

`MODELS` are the tables whose rows are made here: a table more of this app gets rows here too.
"""

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.scope import PROGRAMME, scope
from exchange.models import (
    Collection,
    Import,
    ImportRun,
    MachineToken,
    Mirroring,
    Observable,
    Push,
    Reference,
    StixObject,
)
from tests.exchange import invented_claims as of_claims

MODELS = {
    Collection, Import, ImportRun, MachineToken, Mirroring, Observable, Push, Reference, StixObject, *of_claims.MODELS,
}  # fmt: skip
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
        rows += [_object(each, from_team=team, about_alert=alert) for each in ground.collections]
        rows += [
            _object(each, from_team=team, readers=readers if each.group_id else None) for each in ground.collections
        ]
        StixObject.objects.bulk_create(rows)
        Observable.objects.bulk_create([Observable(object=row, kind="domain", value="bad.example") for row in rows])
        Reference.objects.bulk_create([Reference(object=row, stix_id="malware--1") for row in rows])
        Mirroring.objects.bulk_create([Mirroring(alert=alert), Mirroring(collection=ground.collections[0])])
        until = timezone.now() + timedelta(days=1)
        key = f"k{next(NUMBERS)}"
        MachineToken.objects.create(
            team=team, name="x", key=key, digest=key, scopes=["read"], made_by=author, expires_at=until
        )
        Push.objects.create(collection=ground.collections[0], team=team, by=author)
        file = {"name": "x", "format": "csv", "size": 1, "content": b"x"}
        importing = Import.objects.create(collection=ground.collections[0], team=team, by=author, **file)
        ImportRun.objects.create(importing=importing, by=author)
        of_claims.populate(ground.teams, alert, rows[-1], author)


def _object(collection: Collection, **facts: Any) -> StixObject:
    number = next(NUMBERS)
    said = {"stix_id": f"indicator--{number}", "type": "indicator", "version": START, "body": "{}", "tlp": "CLEAR"}
    return StixObject(collection=collection, date_added=START + timedelta(microseconds=number), **said, **facts)
