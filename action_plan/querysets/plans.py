"""A plan is between one state and the programme."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Model

from common.scope import reach_of

if TYPE_CHECKING:
    from action_plan.models import CountryPlan, PlanLine

M = TypeVar("M", bound=Model)


class OfStateQuerySet(models.QuerySet[M]):
    """Rows of one state each: its own liaisons and the programme's staff."""

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        return self if reach.staff else self.filter(state__in=reach.states)


class CountryPlanQuerySet(OfStateQuerySet["CountryPlan"]):
    pass


class PlanLineQuerySet(OfStateQuerySet["PlanLine"]):
    pass
