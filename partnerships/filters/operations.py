"""What the list of joint operations may be narrowed to, on the page, in its tables and in the API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from capability.api.filters import StateFilter
from common.choices import NamedFilter
from common.tlp import Tlp
from common.translated import SUFFIXES
from member_states.models import MemberState
from partnerships.models import Line, Operation, Partner

SELECT = {"class": "select"}


def partners_of(request: Any) -> Any:
    return Partner.objects.visible_to(request.user).in_order()


def states_of(request: Any) -> Any:
    return MemberState.objects.visible_to(request.user).in_order()


@extend_schema_field(OpenApiTypes.STR)
class PartnerFilter(NamedFilter):
    """By slug."""


class OperationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="saying", label=_("Words"), widget=forms.TextInput({"type": "search", "class": "input"})
    )
    line = django_filters.ChoiceFilter(choices=Line.choices, label=_("Line of work"), empty_label=_("All lines"))
    status = django_filters.ChoiceFilter(
        choices=Operation.Status.choices, label=_("Status"), empty_label=_("All statuses")
    )
    tlp = django_filters.ChoiceFilter(choices=Tlp.choices, label=_("Label"), empty_label=_("All labels"))
    partner = PartnerFilter(
        method="with_partner",
        queryset=partners_of,
        to_field_name="slug",
        label=_("Partner"),
        empty_label=_("All partners"),
    )
    state = StateFilter(
        method="with_state", queryset=states_of, label=_("State"), empty_label=_("All states"), help_text=""
    )

    class Meta:
        model = Operation
        fields = ("q", "line", "status", "tlp", "partner", "state")

    def saying(self, operations: Any, _name: str, text: str) -> Any:
        words = Q()
        for suffix in SUFFIXES:
            for name in ("title", "about"):
                words |= Q(**{f"{name}_{suffix}__unaccent__icontains": text.replace("\0", "").strip()})
        return operations.filter(words)

    def with_partner(self, operations: Any, _name: str, partner: Partner) -> Any:
        return operations.filter(partner_ids__contains=[partner.pk])

    def with_state(self, operations: Any, _name: str, state: MemberState) -> Any:
        return operations.filter(state_ids__contains=[state.pk])

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)
