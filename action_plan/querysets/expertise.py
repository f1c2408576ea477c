"""What a state needs is between it and the programme; who of the roster is placed, among the staff."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, Model, OuterRef

from common.scope import reach_of

if TYPE_CHECKING:
    from action_plan.models import Expertise

M = TypeVar("M", bound=Model)


class ExpertiseQuerySet(models.QuerySet["Expertise"]):
    def visible_to(self, user: Any) -> "ExpertiseQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        activities: Any = apps.get_model("action_plan", "Activity").objects.visible_to(user)
        return self.filter(Exists(activities.filter(pk=OuterRef("activity"))), state__in=reach.states)


class OfExpertiseQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Any) -> Self:
        if reach_of(user).staff:
            return self
        seen: Any = apps.get_model("action_plan", "Expertise").objects.visible_to(user)
        return self.filter(Exists(seen.filter(pk=OuterRef("expertise"))))
