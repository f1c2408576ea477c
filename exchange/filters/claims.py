"""What the lists of claims and of early warnings may be narrowed to: on their pages, in downloads and in the API."""

from typing import Any

import django_filters
from django.forms import DateInput
from django.utils.translation import gettext_lazy as _

from csirt_network.models import Team
from exchange.assets import CHOICES
from exchange.models import AssetClaim, EarlyWarning


def claimants_of(request: Any) -> Any:
    claims = AssetClaim.objects.visible_to(request.user)
    return Team.objects.visible_to(request.user).filter(pk__in=claims.values("team")).order_by("name", "pk")


class Narrowed(django_filters.FilterSet):
    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)


class ClaimFilter(Narrowed):
    value = django_filters.CharFilter(lookup_expr="icontains", label=_("Network, domain or system"))
    status = django_filters.ChoiceFilter(
        choices=AssetClaim.Status.choices, label=_("Status"), empty_label=_("All statuses")
    )
    kind = django_filters.ChoiceFilter(choices=CHOICES, label=_("Kind"), empty_label=_("All kinds"))
    team = django_filters.ModelChoiceFilter(
        queryset=claimants_of, to_field_name="slug", label=_("Team"), empty_label=_("All teams")
    )

    class Meta:
        model = AssetClaim
        fields = ("value", "status", "kind", "team")


class WarningFilter(Narrowed):
    value = django_filters.CharFilter(lookup_expr="icontains", label=_("Value"))
    status = django_filters.ChoiceFilter(
        choices=EarlyWarning.Status.choices, label=_("Status"), empty_label=_("All statuses")
    )
    since = django_filters.DateFilter(
        field_name="found_at",
        lookup_expr="date__gte",
        label=_("Found since"),
        widget=DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = EarlyWarning
        fields = ("value", "status", "since")
