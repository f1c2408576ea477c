"""The collections that there are: one for everybody, one for the community, one of each group and of each team."""

from collections.abc import Iterator
from typing import Any

from common.scope import PROGRAMME, scope
from csirt_network.models import NetworkMembership, SharingGroup
from exchange.models import Collection


def keep_collections() -> None:
    """Makes those that are missing; safe to be done often, and by two at once. None is ever taken away."""
    with scope(PROGRAMME, page="collections"):
        held = set(Collection.objects.values_list("kind", "group", "team"))
        missing = [Collection(kind=kind, **of) for kind, of in _wanted() if (kind, *of.values()) not in held]
        Collection.objects.bulk_create(missing, ignore_conflicts=True)


def _wanted() -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in (Collection.Kind.PUBLIC, Collection.Kind.COMMUNITY):
        yield kind, {"group_id": None, "team_id": None}
    for group in SharingGroup.objects.running().values_list("pk", flat=True):
        yield Collection.Kind.GROUP, {"group_id": group, "team_id": None}
    for team in sorted(set(NetworkMembership.objects.current().values_list("team", flat=True))):
        yield Collection.Kind.TEAM, {"group_id": None, "team_id": team}
