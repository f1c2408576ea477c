"""The member states."""

from typing import Any

from django.db.models import QuerySet
from django_filters import BooleanFilter, ChoiceFilter, FilterSet
from rest_framework import serializers

from common.api.views import Reading
from member_states.models import MemberState


class MemberStateSerializer(serializers.ModelSerializer):
    name = serializers.CharField(read_only=True, help_text="In the language of the token's owner.")
    participates = serializers.BooleanField(read_only=True, help_text="Takes part in the organisation today.")

    class Meta:
        model = MemberState
        fields = (
            "slug",
            "alpha2",
            "alpha3",
            "name",
            "sub_region",
            "official_languages",
            "year_joined",
            "is_founder",
            "in_caricom",
            "participates",
        )


class MemberStateFilter(FilterSet):
    sub_region = ChoiceFilter(choices=MemberState.SubRegion.choices)
    participates = BooleanFilter()

    class Meta:
        model = MemberState
        fields = ("sub_region", "participates", "in_caricom")


class StateViewSet(Reading):
    """The member states of the OAS."""

    model = MemberState
    serializer_class = MemberStateSerializer
    filterset_class = MemberStateFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"
    ordering = ("slug",)
    ordering_fields = ("slug", "alpha3", "year_joined")

    def rows(self, user: Any) -> QuerySet[MemberState]:
        return MemberState.objects.visible_to(user).with_participation()
