"""Recommendations are read by the state once they are released: with the mission they come from, or the exercise."""

from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, Model, OuterRef, Q

from common.days import today
from common.scope import reach_of

M = TypeVar("M", bound=Model)


class RecommendationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "RecommendationQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        missions: Any = apps.get_model("action_plan", "Mission").objects.visible_to(user)
        seen = Q(exercise__isnull=False) | Exists(missions.filter(pk=OuterRef("mission")))
        return self.filter(seen, is_released=True, state__in=reach.states)

    def unsettled(self) -> "RecommendationQuerySet":
        return self.filter(status__in=self.model.UNSETTLED)

    def overdue(self) -> "RecommendationQuerySet":
        return self.unsettled().filter(due_on__lt=today())

    def to_confirm(self) -> "RecommendationQuerySet":
        """A liaison has reported, and nobody of the programme has said anything to it."""
        return self.filter(Exists(_reports().filter(recommendation=OuterRef("pk"), decision="")))

    def to_report(self) -> "RecommendationQuerySet":
        """The state has the next move."""
        waiting = Exists(_reports().filter(recommendation=OuterRef("pk"), decision=""))
        return self.unsettled().filter(Q(is_released=True) & ~Q(waiting))


def _reports() -> Any:
    return apps.get_model("action_plan", "RecommendationReport")._base_manager


class OfRecommendationQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Any) -> "OfRecommendationQuerySet[M]":
        if reach_of(user).staff:
            return self
        seen: Any = apps.get_model("action_plan", "Recommendation").objects.visible_to(user)
        return self.filter(Exists(seen.filter(pk=OuterRef("recommendation"))))
