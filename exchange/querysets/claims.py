"""A claim is its team's and the staff's; a warning its team's and the back-up's, as far as they may read the item."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from common.scope import reach_of
from csirt_network.models import Alert
from csirt_network.querysets.subscriptions import is_portal
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from exchange.models import AssetClaim, EarlyWarning, WarningLook


class AssetClaimQuerySet(models.QuerySet["AssetClaim"]):
    def visible_to(self, user: Any) -> "AssetClaimQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(team__in=reach.teams)

    def asked(self) -> "AssetClaimQuerySet":
        return self.filter(status="asked")

    def approved(self) -> "AssetClaimQuerySet":
        return self.filter(status="approved")

    def standing(self) -> "AssetClaimQuerySet":
        return self.filter(status__in=("asked", "approved"))


class EarlyWarningQuerySet(models.QuerySet["EarlyWarning"]):
    def visible_to(self, user: Any) -> "EarlyWarningQuerySet":
        reach = reach_of(user)
        if is_portal(reach):
            return self
        objects: Any = apps.get_model("exchange", "StixObject").objects.readable_in(reach)
        return self.filter(
            Q(team__in=reach.teams) | Q(backup__in=reach.teams),
            Q(alert=None) | Exists(Alert.objects.readable_in(reach).filter(pk=OuterRef("alert"))),
            Q(object=None) | Exists(objects.filter(pk=OuterRef("object"))),
        )

    def in_mail(self, head: int) -> "EarlyWarningQuerySet":
        """Those that one mail tells of: the one it is about, and what was found with it."""
        return self.filter(Q(pk=head) | Q(told_with=head))

    def new(self) -> "EarlyWarningQuerySet":
        return self.filter(status="new")

    def unhandled(self) -> "EarlyWarningQuerySet":
        return self.filter(status__in=("new", "looking"))


class WarningLookQuerySet(JobQuerySet["WarningLook"]):
    def visible_to(self, user: Any) -> "WarningLookQuerySet":
        """The portal's own work: when something came that a team may not read is not that team's to know."""
        return self if is_portal(reach_of(user)) else self.none()

    def reached(self, collection: int) -> Any:
        """Up to where a collection was looked through; None when it never was."""
        seen = self.filter(collection=collection, up_to__isnull=False).order_by(F("up_to").desc())
        return seen.values_list("up_to", flat=True).first()
