"""Who reads the answers to an alert, sightings and corrections: those whose they are, and who asked."""

from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Model, Q

from common.scope import Reach, reach_of

M = TypeVar("M", bound=Model)


class OursQuerySet(models.QuerySet[M]):
    """Of one team, or one person: itself, the origin of the alert, and the programme when it was given the alert."""

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        ours = self._ours(user) | Q(alert__audience__in=_from_us(reach))
        of_whom = ours | Q(alert__with_programme=True) if reach.staff else ours
        return self.filter(of_whom, alert__in=alerts_of(user).values("pk"))

    def _ours(self, user: Any) -> Q:
        reach = reach_of(user)
        of_teams = Q(team__in=reach.teams)
        return of_teams | Q(person=reach.person) if reach.person else of_teams


def alerts_of(user: Any) -> Any:
    return apps.get_model("csirt_network", "Alert").objects.visible_to(user).order_by()


def _from_us(reach: Reach) -> Any:
    audiences: Any = apps.get_model("csirt_network", "Audience")._base_manager
    return audiences.filter(origin__in=reach.teams).values("pk")
