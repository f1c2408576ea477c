"""Partners of the programme, and those of which its record of agreements tells."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from common.api.views import Reading
from partnerships.filters.partners import PartnerFilter
from partnerships.models import Partner
from partnerships.partner_list import partners_for


class PartnerSerializer(serializers.ModelSerializer[Partner]):
    name = serializers.CharField(read_only=True)
    about = serializers.CharField(read_only=True)
    state: Any = serializers.SlugField(source="state.slug", read_only=True, default=None, allow_null=True)
    source: Any = serializers.CharField(source="source.title", read_only=True, default=None, allow_null=True)
    agreements = serializers.SerializerMethodField(help_text="It is party to, as far as you may read of them.")

    class Meta:
        model = Partner
        fields = (
            "slug",
            "kind",
            "name",
            "short_name",
            "country",
            "state",
            "about",
            "website",
            "since",
            "until",
            "is_of_the_oas",
            "source",
            "source_note",
            "agreements",
        )

    def get_agreements(self, partner: Any) -> list[str]:
        return [side.agreement.slug for side in partner.seen_sides]


class PartnerViewSet(Reading):
    """Governments, companies, international organisations, universities, civil society. `country` is ISO 3166;
    `since` and `until` are as exact as the source: a year, a month or a day."""

    model, serializer_class, filterset_class = Partner, PartnerSerializer, PartnerFilter
    lookup_field, lookup_value_converter = "slug", "slug"
    ordering = ("name_en", "pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        return partners_for(user)
