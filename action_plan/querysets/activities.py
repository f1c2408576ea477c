"""Who reads of an activity: its audience says so; the states that take part as soon as it is not the staff's alone."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, Model, OuterRef, Q

from common.scope import Reach, reach_of

if TYPE_CHECKING:
    from action_plan.models import Activity, ActivityState, ParticipantCount

M = TypeVar("M", bound=Model)


def shared_with(reach: Reach) -> Q:
    return Q(audience__in=["public", "states"] if reach.states else ["public"])


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: Any) -> "ActivityQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        states: Any = self.model._meta.get_field("taking_part").related_model
        own = Exists(states.objects.filter(activity=OuterRef("pk"), state__in=reach.states))
        return self.filter(shared_with(reach) | (~Q(audience="staff") & Q(own)))


class ActivityStateQuerySet(models.QuerySet["ActivityState"]):
    def visible_to(self, user: Any) -> "ActivityStateQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        return self.filter(shared_with(reach) | (~Q(audience="staff") & Q(state__in=reach.states)))


class OfActivity(models.QuerySet[M]):
    """What hangs on an activity is read by whoever reads of the activity."""

    def visible_to(self, user: Any) -> Self:
        if reach_of(user).staff:
            return self
        activities: Any = apps.get_model("action_plan", "Activity").objects.visible_to(user)
        return self.filter(Exists(activities.filter(pk=OuterRef("activity"))))


class ParticipantCountQuerySet(OfActivity["ParticipantCount"]):
    pass
