"""What the list of recommendations may be narrowed to, on its page, in its tables and by programs."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from action_plan.factors import name_of, rated_factors
from action_plan.models import Recommendation
from action_plan.querysets.recommendations import RecommendationQuerySet
from common.scope import reach_of
from member_states.models import MemberState

Status = Recommendation.Status


def states_of(request: Any) -> Any:
    """Those whose recommendations may be read: all for staff, the own for liaisons."""
    reach = reach_of(request.user)
    states: Any = MemberState.objects.visible_to(request.user).in_order()
    return states if reach.staff else states.filter(pk__in=reach.states)


def factors_of(request: Any) -> Any:
    return rated_factors(request.user)


class FactorField(ModelChoiceField):
    def label_from_instance(self, factor: Any) -> str:
        return name_of(factor)


class FactorFilter(django_filters.ModelChoiceFilter):
    field_class = FactorField


class RecommendationFilter(django_filters.FilterSet):
    state = django_filters.ModelChoiceFilter(
        queryset=states_of, to_field_name="slug", label=_("State"), empty_label=_("All states")
    )
    factor = FactorFilter(queryset=factors_of, to_field_name="code", label=_("Factor"), empty_label=_("All factors"))
    priority = django_filters.ChoiceFilter(
        choices=Recommendation.Priority.choices, label=_("Priority"), empty_label=_("All priorities")
    )
    status = django_filters.ChoiceFilter(choices=Status.choices, label=_("Status"), empty_label=_("All"))
    overdue = django_filters.BooleanFilter(method="late", label=_("Overdue only"), widget=forms.CheckboxInput())
    to_confirm = django_filters.BooleanFilter(
        method="waiting", label=_("Reports to confirm only"), widget=forms.CheckboxInput()
    )

    class Meta:
        model = Recommendation
        fields = ("state", "factor", "priority", "status", "overdue", "to_confirm")

    def late(self, rows: RecommendationQuerySet, _name: str, wanted: bool) -> RecommendationQuerySet:
        return rows.overdue() if wanted else rows

    def waiting(self, rows: RecommendationQuerySet, _name: str, wanted: bool) -> RecommendationQuerySet:
        return rows.to_confirm() if wanted else rows

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)

    def counts(self) -> dict[str, int]:
        """How many of each status the other filters leave, in one query; '' is all."""
        kept = {name: value for name, value in self.data.items() if name != "status"}
        rows: QuerySet[Any] = type(self)(kept, self.queryset, request=self.request).qs
        names = {status.value: f"n_{status.name}" for status in Status}
        counted = rows.order_by().aggregate(
            n_all=Count("pk"), **{name: Count("pk", filter=Q(status=value)) for value, name in names.items()}
        )
        return {"": counted["n_all"], **{value: counted[name] for value, name in names.items()}}
