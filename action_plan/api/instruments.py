"""The instruments that the programme's mandate rests on, and what implements each."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from action_plan.instrument_list import instruments_for
from action_plan.models import Instrument
from common.api.views import Reading


class InstrumentSerializer(serializers.ModelSerializer[Instrument]):
    name = serializers.CharField(read_only=True)
    about = serializers.CharField(read_only=True)
    source: Any = serializers.CharField(source="source.title", read_only=True, default=None, allow_null=True)
    points = serializers.SerializerMethodField(help_text="Of the action plan, that implement it.")
    activities = serializers.SerializerMethodField(help_text="Those that implement it, as far as you may read of them.")
    agreements = serializers.SerializerMethodField(help_text="Those that implement it, as far as you may read of them.")
    address = serializers.CharField(read_only=True)

    class Meta:
        model = Instrument
        fields = (
            "slug",
            "kind",
            "name",
            "also_called",
            "about",
            "adopted",
            "reference",
            "link",
            "source",
            "points",
            "activities",
            "agreements",
            "address",
        )

    def get_points(self, instrument: Any) -> list[int]:
        return [row.point for row in instrument.named_points]

    def get_activities(self, instrument: Any) -> list[str]:
        return [row.activity.slug for row in instrument.named_activities]

    def get_agreements(self, instrument: Any) -> list[str]:
        return [row.agreement.slug for row in instrument.named_agreements]


class InstrumentViewSet(Reading):
    """Strategies and declarations of the member states. `adopted` is a year, a month or a day."""

    model, serializer_class = Instrument, InstrumentSerializer
    lookup_field, lookup_value_converter = "slug", "slug"
    ordering = ("adopted", "pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        return instruments_for(user)
