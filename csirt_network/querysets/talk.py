from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from common.scope import reach_of
from common.tlp import Tlp
from csirt_network.querysets.of_alerts import OursQuerySet, alerts_of

if TYPE_CHECKING:
    from csirt_network.models import Comment, Correction


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: Any) -> Self:
        """Under the label of the alert; of what everybody reads, to the network and the programme alone."""
        reach, alerts = reach_of(user), alerts_of(user)
        among_us = alerts if reach.community or reach.staff else alerts.exclude(tlp=Tlp.CLEAR)
        return self.filter(alert__in=among_us.values("pk"))


class CorrectionQuerySet(OursQuerySet["Correction"]):
    def waiting(self) -> Self:
        return self.filter(decided_at=None)

    def _ours(self, user: Any) -> Q:
        return Q(team__in=reach_of(user).teams)
