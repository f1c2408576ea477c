"""What programs exchange."""

import json
import uuid
from typing import Any

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from csirt_network.models import SharingGroup, Team
from csirt_network.team_reader import reach_of_team
from exchange.actions.adding import Added, add
from exchange.actions.collections import keep_collections
from exchange.actions.tokens import make_token
from exchange.models import Collection
from exchange.stix.cutting import Given
from exchange.stix.labels import MARKINGS

MOMENT = "2026-03-01T12:00:00.000Z"


def indicator(*, tlp: str | None = Tlp.GREEN, value: str = "198.51.100.7", **facts: Any) -> dict[str, Any]:
    """An indicator of STIX 2.1 as a team would push it."""
    marked = {"object_marking_refs": [MARKINGS[Tlp(tlp)]]} if tlp else {}
    return {
        "type": "indicator",
        "spec_version": "2.1",
        "id": f"indicator--{uuid.uuid4()}",
        "created": MOMENT,
        "modified": MOMENT,
        "name": "Beacon",
        "pattern": f"[ipv4-addr:value = '{value}']",
        "pattern_type": "stix",
        "valid_from": MOMENT,
        **marked,
        **facts,
    }


def given(*values: dict[str, Any]) -> list[Given]:
    return [Given(json.dumps(value), value) for value in values]


def collection_of(kind: str, *, team: Team | None = None, group: SharingGroup | None = None) -> Collection:
    """Made when it is missing; in any scope."""
    keep_collections()
    with scope(PROGRAMME):
        return Collection.objects.select_related("group", "team").get(kind=kind, team=team, group=group)


def push(team: Team, collection: Collection, *values: dict[str, Any]) -> Added:
    """As the team, in its own scope."""
    with scope(reach_of_team(team.pk)):
        return add(collection=collection, team=team, objects=given(*values), by=None)


def make_machine_token(
    person: Any, team: Any, *, scopes: Any = ("read", "push"), days: int = 90, networks: Any = (), name: str = "MISP"
) -> tuple[Any, str]:
    """The token and its secret, as a representative makes them."""
    by = User.objects.get(pk=person.pk)
    with scope(reach_of(by)):
        return make_token(team=team, name=name, scopes=scopes, days=days, networks=networks, by=by)


def bearer(token: Any, secret: str) -> dict[str, str]:
    """The header by which a program of the test signs in."""
    return {"Authorization": f"Bearer {token.key}.{secret}"}
