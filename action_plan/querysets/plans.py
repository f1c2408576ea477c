"""A plan is between one state and the programme; the state reads of it what was offered."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    F,
    Field,
    IntegerField,
    Model,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

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

    def with_period_for(self, user: Any) -> "CountryPlanQuerySet":
        """Adds `begins_on`, `closes_on` and `responsible`, the owner's name.

        For a state those that it signed, or else was offered last.
        """
        if reach_of(user).staff:
            return self.annotate(begins_on=F("starts_on"), closes_on=F("ends_on"), responsible=F("owner__name"))
        said: Any = self.model._meta.get_field("versions").related_model
        is_signed = Case(When(moves__verb=Verb.AGREE, then=F("moves__pk")), default=Value(0))
        newest = said.objects.filter(plan=OuterRef("pk")).order_by(is_signed.desc(), "-number")

        def read(name: str, field: "Field[Any, Any]") -> Coalesce:
            said = Subquery(newest.values(said=Cast(KT(f"text__{name}"), field))[:1])
            return Coalesce(said, F(name), output_field=field)

        told = self.annotate(
            begins_on=read("starts_on", DateField()),
            closes_on=read("ends_on", DateField()),
            owner_told=read("owner", BigIntegerField()),
        )
        people: Any = self.model._meta.get_field("owner").related_model
        named = people._base_manager.filter(pk=OuterRef("owner_told")).values("name")
        return told.annotate(responsible=Subquery(named))

    def current_first(self) -> "CountryPlanQuerySet":
        """After `with_period_for`: the one in force today, those in force on another day, in the making, closed.

        Of each the newest first.
        """
        day = today()
        rank = Case(
            When(Q(status__in=IN_FORCE, begins_on__lte=day, closes_on__gte=day), then=Value(0)),
            When(status__in=IN_FORCE, then=Value(1)),
            When(status=Status.DRAFT, then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
        return self.order_by(rank, "-begins_on", "-pk")

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
