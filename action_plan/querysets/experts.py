"""The roster is the staff's alone: nobody else reads of an expert, administrators neither."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, Model, OuterRef, Q

from common.days import start_of
from common.scope import reach_of
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from action_plan.models import Expert, ExpertLetter

M = TypeVar("M", bound=Model)
KEPT_UNANSWERED = timedelta(days=90)


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

    def never_answered(self, day: date) -> "ExpertQuerySet":
        """Asked to confirm, and asked again no more for so long that the last link is dead since long ago."""
        since = start_of(day - KEPT_UNANSWERED)
        letters = apps.get_model("action_plan", "ExpertLetter").objects
        lately = letters.filter(expert=OuterRef("pk"), queued_at__gte=since)
        return self.filter(status="asked", made_at__lt=since).exclude(Exists(lately))


class ExpertLetterQuerySet(JobQuerySet["ExpertLetter"]):
    def visible_to(self, user: Any) -> "ExpertLetterQuerySet":
        """Administrators see that letters were sent; they say nothing."""
        return self if user.is_staff or reach_of(user).staff else self.none()
