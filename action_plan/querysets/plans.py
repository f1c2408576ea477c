"""A plan is between one state and the programme; the state reads of it what was offered."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Case, IntegerField, Model, OuterRef, Q, Subquery, Value, When

from action_plan.states import IN_FORCE, UNTOLD, Proposal, Status, Verb
from common.days import today
from common.scope import reach_of

if TYPE_CHECKING:
    from action_plan.models import CountryPlan, LineNeed, PlanLine, PlanMove, PlanVersion

M = TypeVar("M", bound=Model)


class OfStateQuerySet(models.QuerySet[M]):
    """Rows of one state each: its own liaisons and the programme's staff."""

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        return self if reach.staff else self.filter(state__in=reach.states)


class WhenOpen(models.QuerySet[M]):
    """What the state reads only while it is open to it."""

    def visible_to(self, user: Any) -> "WhenOpen[M]":
        reach = reach_of(user)
        return self if reach.staff else self.filter(state__in=reach.states, is_open=True)


class CountryPlanQuerySet(models.QuerySet["CountryPlan"]):
    def visible_to(self, user: Any) -> "CountryPlanQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(state__in=reach.states, first_offered_at__isnull=False)

    def in_force(self) -> "CountryPlanQuerySet":
        return self.filter(status__in=IN_FORCE)

    def waiting_for_state(self) -> "CountryPlanQuerySet":
        return self.filter(proposal=Proposal.OFFERED)

    def current_first(self) -> "CountryPlanQuerySet":
        """The one in force today, then those in force on another day, in the making, closed; the newest of each."""
        day = today()
        rank = Case(
            When(Q(status__in=IN_FORCE, starts_on__lte=day, ends_on__gte=day), then=Value(0)),
            When(status__in=IN_FORCE, then=Value(1)),
            When(status=Status.DRAFT, then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
        return self.order_by(rank, "-starts_on", "-pk")

    def with_version_in_force(self) -> "CountryPlanQuerySet":
        """Adds `in_force_id`: the version that the state signed last."""
        moves = self.model._meta.get_field("moves").related_model
        signed = moves._default_manager.filter(plan=OuterRef("pk"), verb=Verb.AGREE)  # type: ignore[union-attr]
        return self.annotate(in_force_id=Subquery(signed.order_by("-pk").values("version")[:1]))


class PlanLineQuerySet(WhenOpen["PlanLine"]):
    pass


class LineNeedQuerySet(WhenOpen["LineNeed"]):
    pass


class PlanVersionQuerySet(OfStateQuerySet["PlanVersion"]):
    pass


class PlanMoveQuerySet(models.QuerySet["PlanMove"]):
    def visible_to(self, user: Any) -> "PlanMoveQuerySet":
        reach = reach_of(user)
        return self if reach.staff else self.filter(state__in=reach.states).exclude(verb__in=UNTOLD)
