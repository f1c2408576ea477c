"""Collections follow the portal: public, community and each team's hold its alerts as their readers see them.

What a collection is to hold is made in the reach of its reader; what it holds is compared with that, and changed, as
the portal. Safe to be done twice, by two at once, and to be broken off anywhere: each collection is one transaction.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from common.scope import NOTHING, PROGRAMME, Reach, scope
from common.tlp import Tlp
from csirt_network.models.alerts import Alert
from csirt_network.models.writing import AlertVersion
from csirt_network.team_reader import TeamReader
from exchange.querysets.objects import StixObjectQuerySet
from notices.work import finish

if TYPE_CHECKING:
    from exchange.models import Collection, Mirroring

HOLDS = {
    "public": (Tlp.CLEAR,),
    "community": (Tlp.GREEN,),
    "group": (),
    "team": (Tlp.AMBER, Tlp.STRICT),
}
AT_ONCE = 50  # alerts in one transaction
