from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.scope import reach_of
from csirt_network.querysets.subscriptions import is_portal
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from exchange.models import Import, ImportRun

KEPT = timedelta(days=30)


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: Any) -> "ImportQuerySet":
        """The own teams' alone: staff do not read what a team brings."""
        reach = reach_of(user)
        return self if is_portal(reach) else self.filter(team__in=reach.teams)

    def listed(self) -> "ImportQuerySet":
        """Without what is large."""
        found = self.select_related("team", "by", "collection__group", "collection__team", "run")
        return found.defer("content", "rows", "run__results")

    def to_empty(self) -> "ImportQuerySet":
        """Whose file nobody needs any more: it was imported, or nobody did so for long."""
        over = Q(run__status__in=("done", "failed")) | Q(run=None, made_at__lt=timezone.now() - KEPT)
        return self.filter(over).exclude(content=b"")


class ImportRunQuerySet(JobQuerySet["ImportRun"]):
    def visible_to(self, user: Any) -> "ImportRunQuerySet":
        if is_portal(reach_of(user)):
            return self
        imports: Any = apps.get_model("exchange", "Import").objects.visible_to(user)
        return self.filter(importing__in=imports.values("pk"))
