"""Published partners are everybody's to read; their people are known to the programme and to each other."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from accounts.querysets import held_now
from common.scope import reach_of
from common.translated import by_name

if TYPE_CHECKING:
    from partnerships.models import Partner, PartnerContact


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, user: Any) -> "PartnerQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(Q(is_published=True) | Q(pk__in=reach.partners))

    def own(self, user: Any) -> "PartnerQuerySet":
        """The partners `user` is a contact of today."""
        return self.filter(pk__in=reach_of(user).partners)

    def in_order(self) -> "PartnerQuerySet":
        return self.order_by(by_name(), "pk")

    def by_kind(self) -> "PartnerQuerySet":
        """In the order in which the kinds are named."""
        places = (models.When(kind=kind, then=place) for place, kind in enumerate(self.model.Kind.values))
        return self.order_by(models.Case(*places, output_field=models.IntegerField()), by_name(), "pk")


class PartnerContactQuerySet(models.QuerySet["PartnerContact"]):
    def visible_to(self, user: Any) -> "PartnerContactQuerySet":
        if not user.is_authenticated:
            return self.none()
        if user.is_programme_staff or user.is_staff:
            return self
        return self.filter(Q(person=user) | Q(partner__in=reach_of(user).partners))

    def current(self) -> "PartnerContactQuerySet":
        return self.filter(held_now(), person__is_active=True)
