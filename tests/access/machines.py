"""The programs of the team of Chile: a token whose name is the team's own, and collections of everybody."""

from typing import Any

from common.scope import Reach, scope
from csirt_network.models import Team
from exchange.actions.collections import keep_collections
from exchange.actions.tokens import make_token
from tests.access.canaries import CHILE, canary

KINDS = ("machine-token",)


def make_machines(world: Any) -> dict[str, Any]:
    keep_collections()
    person, chile = world.people["team"], Team.objects.get(slug="csirt-chile")
    with scope(Reach(person=person.pk, teams=(chile.pk,), community=True)):
        name = canary(CHILE, "TEAM", "machine-token")
        token, _secret = make_token(
            team=chile, name=name, scopes=["read", "push"], days=90, networks=["192.0.2.0/24"], by=person
        )
    return {"machine-token": token}


def machine_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    return {"pk": world.machines[kind].pk}
