"""What the lists of commitments and contributions may be narrowed to, on their pages, in downloads and in the API."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from common.choices import NamedFilter
from common.mandate import Objective, Point
from partnerships.models import Agreement, Commitment, Contribution, Partner
from partnerships.models.commitments import STATUSES


def agreements_of(request: Any) -> Any:
    return Agreement.objects.visible_to(request.user).order_by("slug")


def partners_of(request: Any) -> Any:
    return Partner.objects.visible_to(request.user).in_order()


class PromiseFilter(django_filters.FilterSet):
    agreement = NamedFilter(
        queryset=agreements_of, to_field_name="slug", label=_("Agreement"), empty_label=_("All agreements")
    )
    partner = NamedFilter(queryset=partners_of, to_field_name="slug", label=_("Partner"), empty_label=_("All partners"))

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)


class CommitmentFilter(PromiseFilter):
    status = django_filters.ChoiceFilter(choices=list(STATUSES.items()), label=_("Status"), empty_label=_("All"))
    objective = django_filters.ChoiceFilter(
        method="serving",
        choices=Objective.choices,
        label=_("Objective"),
        empty_label=_("All objectives"),
    )
    point = django_filters.ChoiceFilter(
        method="serving", choices=Point.choices, label=_("Point"), empty_label=_("All points")
    )

    class Meta:
        model = Commitment
        fields = ("agreement", "partner", "status", "objective", "point")

    def serving(self, rows: Any, name: str, number: str) -> Any:
        return rows.filter(**{f"{name}s__contains": [int(number)]})


class ContributionFilter(PromiseFilter):
    kind = django_filters.ChoiceFilter(choices=Contribution.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    currency = django_filters.CharFilter(method="in_currency", label=_("Currency"))

    class Meta:
        model = Contribution
        fields = ("agreement", "partner", "kind", "currency")

    def in_currency(self, rows: Any, _name: str, typed: str) -> Any:
        return rows.filter(currency=typed.strip().upper()[:3])
