"""Filters of lists, in the query string: they only narrow what visible_to returns."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from capability.models import Round, Update
from member_states.models import MemberState


def rounds_of(request: HttpRequest) -> Any:
    return Round.objects.visible_to(request.user)


class UpdateFilter(FilterSet):
    round = ModelChoiceFilter(queryset=rounds_of, to_field_name="slug", label=_("Round"), empty_label=_("All rounds"))
    sub_region = ChoiceFilter(
        field_name="state__sub_region",
        choices=MemberState.SubRegion.choices,
        label=_("Sub-region"),
        empty_label=_("All sub-regions"),
    )

    class Meta:
        model = Update
        fields = ("round", "sub_region")
