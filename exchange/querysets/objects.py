"""The policy of what programs read: the alert's own, and that of the collection."""

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q

from common.scope import Reach, reach_of
from csirt_network.models import Alert
from csirt_network.querysets.subscriptions import is_portal

if TYPE_CHECKING:
    from exchange.models import StixObject


class StixObjectQuerySet(models.QuerySet["StixObject"]):
    def visible_to(self, user: Any) -> "StixObjectQuerySet":
        return self.readable_in(reach_of(user))

    def readable_in(self, reach: Reach) -> "StixObjectQuerySet":
        if is_portal(reach):
            return self
        collections: Any = apps.get_model("exchange", "Collection").objects.readable_in(reach)
        alerts = Alert.objects.readable_in(reach)
        return self.filter(
            Q(readers=None) | Q(readers__overlap=list(reach.teams)),
            Q(alert=None) | Exists(alerts.filter(pk=OuterRef("alert"))),
            Q(about_alert=None) | Exists(alerts.filter(pk=OuterRef("about_alert"))),
            collection__in=collections.values("pk"),
        )

    def standing(self) -> "StixObjectQuerySet":
        """What was not deleted."""
        return self.filter(gone_at=None)

    def newest(self) -> "StixObjectQuerySet":
        return self.standing().filter(is_last=True)

    def newest_of_each(self, most: int) -> "StixObjectQuerySet":
        """The `most` newest of each collection, of those asked for: an index gives them in order, whoever reads."""
        of_one = self.filter(collection=OuterRef("pk")).order_by("-date_added").values("pk")[:most]
        collections: Any = apps.get_model("exchange", "Collection").objects.annotate(newest=ArraySubquery(of_one))
        found = chain.from_iterable(collections.values_list("newest", flat=True))
        return self.model.objects.filter(pk__in=list(found))


class OfObjectQuerySet(models.QuerySet[Any]):
    """Values and references of objects: they are read by whoever reads the object."""

    def visible_to(self, user: Any) -> "OfObjectQuerySet":
        if is_portal(reach_of(user)):
            return self
        objects: Any = apps.get_model("exchange", "StixObject").objects.visible_to(user)
        return self.filter(Exists(objects.filter(pk=OuterRef("object"))))
