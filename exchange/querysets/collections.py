from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from common.scope import Reach, reach_of
from csirt_network.querysets.subscriptions import is_portal

if TYPE_CHECKING:
    from exchange.models import Collection


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, user: Any) -> "CollectionQuerySet":
        return self.readable_in(reach_of(user))

    def named(self, name: str) -> "CollectionQuerySet":
        """By its id, or its alias."""
        try:
            return self.filter(uuid=UUID(name))
        except ValueError:
            kind, _hyphen, slug = name.partition("-")
        if kind in ("group", "team"):
            return self.filter(**{"kind": kind, f"{kind}__slug": slug})
        return self.filter(kind__in=("public", "community")).filter(kind=name)

    def readable_in(self, reach: Reach) -> "CollectionQuerySet":
        if is_portal(reach):
            return self
        members: Any = apps.get_model("csirt_network", "GroupMember")._base_manager
        own_groups = members.filter(team__in=reach.teams).values("group")
        of_community = Q(kind="community") if reach.community or reach.staff else Q(pk__in=())
        return self.filter(Q(kind="public") | of_community | Q(team__in=reach.teams) | Q(group__in=own_groups))

    def with_counts(self, objects: Any, *, most: int) -> "CollectionQuerySet":
        """Adds ``count``: how many of `objects` each holds, counted no further than one beyond `most`."""
        within = objects.filter(collection=OuterRef("pk")).order_by().values("pk")[: most + 1]
        return self.annotate(count=_Counted(within))


class _Counted(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = models.IntegerField()
