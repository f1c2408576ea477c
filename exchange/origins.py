"""Whom an object comes from, as far as its reader may know: members of a group may be hidden from each other."""

from typing import Any

from django.db.models import Q

from common.scope import reach_of
from csirt_network.models import Team
from csirt_network.querysets.subscriptions import is_portal
from exchange.models import StixObject


def is_shown(row: StixObject, reader: Any) -> bool:
    """The own team always; others unless the group hides its members. Staff see who is in a group."""
    if row.from_team_id is None or not row.collection.hides_members:
        return True
    reach = reach_of(reader)
    return reach.staff or is_portal(reach) or row.from_team_id in reach.teams


def origin_for(row: StixObject, reader: Any) -> Team | None:
    """None for the portal itself, and for what `is_shown` hides."""
    return row.from_team if is_shown(row, reader) else None


def shown_to(reader: Any) -> Q:
    """`is_shown`, of many rows."""
    reach = reach_of(reader)
    if reach.staff or is_portal(reach):
        return Q()
    open_to_all = Q(collection__group=None) | Q(collection__group__hides_members=False) | Q(from_team=None)
    return open_to_all | Q(from_team__in=reach.teams)
