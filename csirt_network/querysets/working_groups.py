"""Working groups are known in the network; what they do, to the teams that have a seat, and to the programme."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Model, Q

from common.days import today
from common.scope import reach_of

if TYPE_CHECKING:
    from csirt_network.models import WorkingGroup, WorkingGroupSeat

M = TypeVar("M", bound=Model)


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    def visible_to(self, user: Any) -> "WorkingGroupQuerySet":
        reach = reach_of(user)
        return self if reach.staff or reach.community else self.none()

    def running(self) -> "WorkingGroupQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today()))


class SeatQuerySet(models.QuerySet["WorkingGroupSeat"]):
    def visible_to(self, user: Any) -> "SeatQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(team__in=reach.teams)

    def own(self, user: Any) -> "SeatQuerySet":
        """Of the teams `user` is a member of; staff see the others too."""
        return self.filter(team__in=reach_of(user).teams)


class OfGroupQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        seats: Any = apps.get_model("csirt_network", "WorkingGroupSeat")._base_manager
        mine = seats.filter(team__in=reach.teams).values("group")
        return self if reach.staff else self.filter(group__in=mine)
