"""Who reads a commitment and what was delivered, and what has become of it on a day."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Case, CharField, Exists, Model, OuterRef, Q, Value, When

from common.days import today
from common.scope import reach_of
from partnerships.querysets.agreements import OfAgreement
from review.states import Status

if TYPE_CHECKING:
    from partnerships.models import Commitment, CommitmentActivity, Delivery, DeliveryFile, DeliveryMove

M = TypeVar("M", bound=Model)


class CommitmentQuerySet(OfAgreement["Commitment"]):
    def with_status(self, day: date | None = None) -> "CommitmentQuerySet":
        """Adds `status` on `day` or today: delivered, overdue, on track (a part was delivered) or open.

        Only accepted deliveries count, which everybody reads who reads the commitment: it is the same for all.
        """
        accepted = _model("Delivery").filter(commitment=OuterRef("pk"), status=Status.ACCEPTED)
        cases = (
            (Q(Exists(accepted.filter(fulfils=True))), "delivered"),
            (Q(due_by__lt=day or today()), "overdue"),
            (Q(Exists(accepted)), "on track"),
        )
        whens = [When(condition, then=Value(status)) for condition, status in cases]
        return self.annotate(status=Case(*whens, default=Value("open"), output_field=CharField()))


class OfCommitment(models.QuerySet[M]):
    def visible_to(self, user: Any) -> Self:
        if reach_of(user).staff:
            return self
        return self.filter(Exists(_visible("Commitment", user).filter(pk=OuterRef("commitment"))))


class CommitmentActivityQuerySet(OfCommitment["CommitmentActivity"]):
    """Both the commitment and the activity are the reader's to see."""

    def visible_to(self, user: Any) -> Self:
        activities: Any = apps.get_model("action_plan", "Activity").objects.visible_to(user)
        return super().visible_to(user).filter(Exists(activities.filter(pk=OuterRef("activity"))))


class AgreementDeliveryQuerySet(OfCommitment["Delivery"]):
    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        if reach.staff:
            return self
        return super().visible_to(user).filter(Q(status=Status.ACCEPTED) | Q(partner__in=reach.partners))

    def accepted(self) -> Self:
        return self.filter(status=Status.ACCEPTED)

    def to_review(self) -> Self:
        """The longest waiting first."""
        return self.filter(status=Status.SUBMITTED).order_by("submitted_at", "pk")


class DeliveryMoveQuerySet(models.QuerySet["DeliveryMove"]):
    def visible_to(self, user: Any) -> "DeliveryMoveQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        own = _visible("Delivery", user).filter(pk=OuterRef("subject"), partner__in=reach.partners)
        return self.filter(Exists(own))


class DeliveryFileQuerySet(models.QuerySet["DeliveryFile"]):
    def visible_to(self, user: Any) -> "DeliveryFileQuerySet":
        if reach_of(user).staff:
            return self
        return self.filter(Exists(_visible("Delivery", user).filter(pk=OuterRef("delivery"))))


def _model(name: str) -> Any:
    return apps.get_model("partnerships", name)._base_manager


def _visible(name: str, user: Any) -> Any:
    model: Any = apps.get_model("partnerships", name)
    return model.objects.visible_to(user)
