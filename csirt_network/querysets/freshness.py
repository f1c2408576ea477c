"""That a contact test runs is the network's to know; what was answered the team's, its state's and the programme's."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from common.scope import reach_of
from csirt_network.querysets.directory import own, reads_all
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from csirt_network.models import Drill, DrillCall, SecurityTxt


class SecurityTxtQuerySet(models.QuerySet["SecurityTxt"]):
    def visible_to(self, user: Any) -> "SecurityTxtQuerySet":
        return self if reads_all(user) else self.filter(own(user))


class DrillQuerySet(models.QuerySet["Drill"]):
    def visible_to(self, user: Any) -> "DrillQuerySet":
        """The network's, and those that a team of the own state was called in."""
        calls: Any = self.model._meta.get_field("calls").related_model
        return self if reads_all(user) else self.filter(pk__in=calls.objects.visible_to(user).values("drill"))

    def running(self) -> "DrillQuerySet":
        return self.filter(ends_at__gt=timezone.now())


class DrillCallQuerySet(JobQuerySet["DrillCall"]):
    def visible_to(self, user: Any) -> "DrillCallQuerySet":
        return self if reach_of(user).staff else self.filter(own(user))

    def of_token(self, digest: str) -> "DrillCallQuerySet":
        return self.filter(digests__contains=[digest])
