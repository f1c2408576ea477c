"""A contribution is read with its agreement; what came in and where it goes, by the programme and by whoever gives it.

The sums stand here and nowhere else, one for each currency: no two currencies are ever added, and an amount whose
currency is not stated is added to no other currency's.
"""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, Model, OuterRef, Q, Subquery, Sum

from common.scope import reach_of
from partnerships.querysets.agreements import OfAgreement

if TYPE_CHECKING:
    from partnerships.models import Allocation, Contribution, Instalment

M = TypeVar("M", bound=Model)


class ContributionQuerySet(OfAgreement["Contribution"]):
    def per_currency(self) -> Any:
        """A dict for each currency (empty: not stated): `amount`, `number`, and whether all of it `is_exact`.

        Money whose amount is stated; what is given in kind is worth what its giver says and is not added.
        """
        stated = self.filter(kind="money", amount__isnull=False).order_by("currency")
        inexact = Count("pk", filter=~Q(precision="exact"))
        return stated.values("currency").annotate(total=Sum("amount"), number=Count("pk"), inexact=inexact)

    def with_sums(self, user: Any) -> Self:
        """Each with `received`, `set_aside` and `spent`, as far as `user` may know; None where there is nothing."""
        instalments = _of(_visible("Instalment", user).filter(received_on__isnull=False))
        allocations = _of(_visible("Allocation", user))
        return self.annotate(
            received=Subquery(instalments.annotate(sum=Sum("amount")).values("sum")),
            set_aside=Subquery(allocations.annotate(sum=Sum("amount")).values("sum")),
            spent=Subquery(allocations.annotate(sum=Sum("spent")).values("sum")),
        )


class OfContribution(models.QuerySet[M]):
    """The giving partner's and the programme's."""

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        if reach.staff:
            return self
        own = _visible("Contribution", user).filter(pk=OuterRef("contribution"))
        return self.filter(Exists(own), partner__in=reach.partners)


class InstalmentQuerySet(OfContribution["Instalment"]):
    def per_currency(self) -> Any:
        """What came in, for each currency."""
        received = self.filter(received_on__isnull=False).order_by("contribution__currency")
        return received.values("contribution__currency").annotate(total=Sum("amount"))


class AllocationQuerySet(OfContribution["Allocation"]):
    def summed(self, *by: str) -> Any:
        """A dict for each of what is named in `by` and for each currency, with `set_aside` and `spent_of_it`."""
        named = (*by, "contribution__currency")
        return self.order_by(*named).values(*named).annotate(set_aside=Sum("amount"), spent_of_it=Sum("spent"))


def _of(rows: Any) -> Any:
    return rows.filter(contribution=OuterRef("pk")).order_by().values("contribution")


def _visible(name: str, user: Any) -> Any:
    model: Any = apps.get_model("partnerships", name)
    return model.objects.visible_to(user)
