"""What programs fetch of alerts: advisories of the provider, and the feeds of MISP."""

from typing import Any

from common.scope import PROGRAMME, scope
from csirt_network.models import Team
from exchange.actions.collections import keep_collections
from exchange.misp.of_alerts import uuid_of
from exchange.models import Collection

KINDS = ("advisory", "misp")


def make_collections() -> dict[str, Collection]:
    """By the alerts that belong there, as their canaries are called."""
    keep_collections()
    with scope(PROGRAMME):
        chile = Team.objects.get(slug="csirt-chile")
        return {
            "public": Collection.objects.get(kind="public"),
            "community": Collection.objects.get(kind="community"),
            "team": Collection.objects.get(team=chile),
        }


def feed_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    """The parts of the path for `advisory:public` and `misp:team`."""
    alert = world.alerts[which]
    if kind == "misp":
        return {"collection": world.collections[which].uuid, "event": uuid_of(alert.pk)}
    return {"year": alert.published_at.year, "name": f"oas-{alert.code}"}
