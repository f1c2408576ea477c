"""What was delivered on commitments, and the rates that amounts are compared by, as their pages show them."""

from typing import Any

from django.db.models import QuerySet
from django_filters import DateFilter, FilterSet, NumberFilter
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from common.api.views import Asked, Reading
from partnerships.models import Delivery, ExchangeRate


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    commitment = serializers.IntegerField(source="commitment_id", read_only=True)
    agreement = serializers.SlugField(source="commitment.agreement.slug", read_only=True)
    partner: Any = serializers.SlugField(source="partner.slug", read_only=True, default=None, allow_null=True)

    class Meta:
        model = Delivery
        fields = (
            "id",
            "commitment",
            "agreement",
            "partner",
            "status",
            "what",
            "on",
            "link",
            "fulfils",
            "submitted_at",
            "decided_at",
            "address",
        )


class DeliveryFilter(FilterSet):
    commitment = NumberFilter(decimal_places=0, min_value=1, max_value=2**63 - 1, help_text="The number of one.")
    since = DateFilter(field_name="on", lookup_expr="gte", help_text="Delivered on this day or later.")
    until = DateFilter(field_name="on", lookup_expr="lte", help_text="Delivered on this day or before.")

    class Meta:
        model = Delivery
        fields = ("commitment", "status", "since", "until")


class DeliveryViewSet(Reading):
    """What was reported as delivered: the accepted of what you may read; of your own partner, and for staff, all."""

    model, serializer_class, filterset_class = Delivery, DeliverySerializer, DeliveryFilter
    lookup_value_converter = "int"
    ordering = ("-on", "-pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        # The agreement is not left out by a join: it is read with what was delivered on it.
        return Delivery.objects.visible_to(user).select_related("commitment__agreement", "partner")


class RateSerializer(serializers.ModelSerializer[ExchangeRate]):
    class Meta:
        model = ExchangeRate
        fields = ("id", "base", "quote", "rate", "on", "taken_from", "entered_at")


class RateFilter(FilterSet):
    class Meta:
        model = ExchangeRate
        fields = ("base", "quote", "on")


class RateViewSet(ListModelMixin, Asked):
    """What one unit of `base` was worth in `quote` on a day, with where that was taken from."""

    model, serializer_class, filterset_class = ExchangeRate, RateSerializer, RateFilter
    permission = "partnerships.write_promises"
    ordering = ("base", "quote", "-on", "-pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        return ExchangeRate.objects.visible_to(user)
