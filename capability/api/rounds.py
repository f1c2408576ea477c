from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet
from rest_framework import serializers

from capability.api.filters import EditionFilter
from capability.models import Round
from common.api.views import Reading


class RoundSerializer(serializers.ModelSerializer):
    title = serializers.CharField(read_only=True)
    edition = serializers.IntegerField(source="edition.year", read_only=True)
    is_open = serializers.BooleanField(read_only=True)

    class Meta:
        model = Round
        fields = (
            "slug",
            "title",
            "year",
            "number",
            "edition",
            "period_from",
            "period_to",
            "due_on",
            "opened_at",
            "closed_at",
            "is_open",
        )


class RoundFilter(FilterSet):
    edition = EditionFilter()

    class Meta:
        model = Round
        fields = ("edition", "year")


class RoundViewSet(Reading):
    """Calls for updates. Liaisons see those that were opened."""

    model = Round
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"
    ordering = ("-year", "-number")
    ordering_fields = ("year", "due_on")

    def rows(self, user: Any) -> QuerySet[Round]:
        return Round.objects.visible_to(user).select_related("edition")
