"""Claims and stored objects for tests: asked for and decided as people do it, put in as the store does."""

import json
import uuid
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import GroupMember, SharingGroup, Team
from csirt_network.team_reader import TeamReader
from exchange.actions.claims import ask, decide
from exchange.actions.collections import keep_collections
from exchange.assets import read_asset
from exchange.models import AssetClaim, Collection, EarlyWarning, Observable, StixObject, WarningLook
from notices.models import Mail
from notices.work import work


def fresh(person: Any) -> User:
    """As the portal meets a person: with the reach of today."""
    return User.objects.get(pk=person.pk)


def asked(team: Team, by: Any, *lines: str, note: str = "In the registry") -> list[AssetClaim]:
    person = fresh(by)
    with scope(reach_of(person)):
        return ask(team=team, assets=[read_asset(line) for line in lines], note=note, by=person).claims


def decided(claims: list[AssetClaim], by: Any, verdict: str = "approved", reason: str = "") -> int:
    person = fresh(by)
    with scope(reach_of(person)):
        return decide(claims=[(one.pk, one.edited) for one in claims], verdict=verdict, reason=reason, by=person)


def claimed(team: Team, by: Any, officer: Any, *lines: str) -> list[AssetClaim]:
    """Approved, and looked through already."""
    claims = asked(team, by, *lines)
    decided(claims, officer)
    look()
    return claims


def held(collection: Collection, *values: tuple[str, str], by: Team, **facts: Any) -> StixObject:
    """An object that a team put into a collection, with what it points at."""
    stix_id = facts.pop("stix_id", f"indicator--{uuid.uuid4()}")
    now = timezone.now()
    with scope(TeamReader(by.pk).reach):
        made = StixObject.objects.create(
            collection=collection,
            date_added=facts.pop("date_added", now),
            stix_id=stix_id,
            version=now,
            type="indicator",
            body=json.dumps({"id": stix_id}),
            tlp=facts.pop("tlp", collection.tlp),
            from_team=by,
            **facts,
        )
        Observable.objects.bulk_create(Observable(object=made, kind=kind, value=value) for kind, value in values)
    return made


def collection(kind: str, **of: Any) -> Collection:
    keep_collections()
    with scope(PROGRAMME):
        return Collection.objects.get(kind=kind, **of)


def group(*teams: Team, by: Any) -> SharingGroup:
    with scope(PROGRAMME):
        made = SharingGroup.objects.create(name="A few", slug="a-few", made_by=by)
        GroupMember.objects.bulk_create(GroupMember(group=made, team=team) for team in teams)
    return made


def look() -> None:
    """What the worker does once the bell has rung."""
    with scope(PROGRAMME):
        waiting = list(WarningLook.objects.waiting().order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        work(WarningLook, pk)


def warnings(**which: Any) -> list[EarlyWarning]:
    with scope(PROGRAMME):
        return list(EarlyWarning.objects.filter(**which).order_by("pk"))


def seen_by(person: Any) -> list[str]:
    """The values of the warnings that a person is shown."""
    reader = fresh(person)
    with scope(reach_of(reader)):
        return sorted(EarlyWarning.objects.visible_to(reader).values_list("value", flat=True))


def mailed(kind: str = "early warning") -> set[str]:
    with scope(PROGRAMME):
        return set(Mail.objects.filter(kind=kind).values_list("person__name", flat=True))
