"""A mission is between one state and the programme; what it found and recommends, once it is released."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, Model, OuterRef, Subquery

from common.scope import reach_of

if TYPE_CHECKING:
    from action_plan.models import Mission

M = TypeVar("M", bound=Model)


class MissionQuerySet(models.QuerySet["Mission"]):
    def visible_to(self, user: Any) -> "MissionQuerySet":
        """As soon as the state reads of the activity."""
        reach = reach_of(user)
        if reach.staff:
            return self
        activities: Any = apps.get_model("action_plan", "Activity").objects.visible_to(user)
        return self.filter(Exists(activities.filter(pk=OuterRef("activity"))), state__in=reach.states)

    def in_order(self) -> "MissionQuerySet":
        return self.order_by(models.F("activity__starts_on").desc(nulls_first=True), "-pk")


class OfMission(models.QuerySet[M]):
    def visible_to(self, user: Any) -> Self:
        if reach_of(user).staff:
            return self
        missions: Any = apps.get_model("action_plan", "Mission").objects.visible_to(user)
        return self.filter(Exists(missions.filter(pk=OuterRef("mission"))))


class MissionMemberQuerySet(OfMission[Any]):
    def named_for(self, user: Any) -> "MissionMemberQuerySet":
        """With `of_roster`: the name of whoever is of the roster, for those who read it."""
        experts: Any = apps.get_model("action_plan", "Expert").objects.visible_to(user)
        return self.annotate(of_roster=Subquery(experts.filter(pk=OuterRef("expert")).order_by().values("name")))


class ReleasedOfMission(OfMission[M]):
    def visible_to(self, user: Any) -> Self:
        found: Any = super().visible_to(user)
        return found if reach_of(user).staff else found.filter(is_released=True)
