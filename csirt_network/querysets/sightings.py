from typing import TYPE_CHECKING, Any

from django.db.models import Q

from common.scope import reach_of
from csirt_network.querysets.of_alerts import OursQuerySet

if TYPE_CHECKING:
    from csirt_network.models import Sighting


class SightingQuerySet(OursQuerySet["Sighting"]):
    """Each team its own; the origin of the alert all, and the programme when it was given the alert."""

    def _ours(self, user: Any) -> Q:
        return Q(team__in=reach_of(user).teams)
