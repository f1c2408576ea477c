"""The roster is the staff's alone: nobody else reads of an expert, administrators neither."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Model, Q

from common.scope import reach_of
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from action_plan.models import Expert, ExpertLetter

M = TypeVar("M", bound=Model)


class AmongStaffQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Any) -> Self:
        return self if reach_of(user).staff else self.none()


class ExpertQuerySet(models.QuerySet["Expert"]):
    def visible_to(self, user: Any) -> "ExpertQuerySet":
        return self if reach_of(user).staff else self.none()

    def standing(self) -> "ExpertQuerySet":
        return self.exclude(status="left")

    def confirmed(self) -> "ExpertQuerySet":
        return self.filter(status="confirmed")

    def available(self, first: date | None, last: date | None) -> "ExpertQuerySet":
        """On all of these days. Who has said nothing is available; so is everybody while no day is known."""
        if first is None:
            return self
        begun = Q(available_from=None) | Q(available_from__lte=first)
        return self.filter(begun, Q(available_until=None) | Q(available_until__gte=last or first))


class ExpertLetterQuerySet(JobQuerySet["ExpertLetter"]):
    def visible_to(self, user: Any) -> "ExpertLetterQuerySet":
        """Administrators see that letters were sent; they say nothing."""
        return self if user.is_staff or reach_of(user).staff else self.none()
