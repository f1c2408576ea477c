"""Agreements, as their pages show them: what the token's owner may read."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.api.views import Reading
from common.scope import reach_of
from partnerships.agreement_list import agreements_for, with_parties
from partnerships.filters.agreements import AgreementFilter
from partnerships.models import Agreement, AgreementInstrument
from partnerships.standing import STATUSES


class PartySerializer(serializers.Serializer[Any]):
    """The OAS has no partner."""

    partner = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    as_stated = serializers.CharField()


class AgreementSerializer(serializers.ModelSerializer[Agreement]):
    name = serializers.CharField(read_only=True)
    aims = serializers.CharField(read_only=True)
    note = serializers.CharField(read_only=True, help_text="What the sources leave open.")
    status = serializers.ChoiceField(choices=list(STATUSES), read_only=True, help_text="As its dates say today.")
    is_of_the_oas = serializers.BooleanField(read_only=True, help_text="Whether the OAS is a party.")
    parties = serializers.SerializerMethodField()
    instruments = serializers.SerializerMethodField(help_text="Those that it implements.")
    owner = serializers.SerializerMethodField(help_text="Who is responsible; told to the staff.")
    source: Any = serializers.CharField(source="source.title", read_only=True, default=None, allow_null=True)
    address = serializers.CharField(read_only=True)

    class Meta:
        model = Agreement
        fields = (
            "slug",
            "kind",
            "name",
            "status",
            "is_of_the_oas",
            "parties",
            "aims",
            "objectives",
            "points",
            "instruments",
            "concluded_on",
            "precision",
            "place",
            "starts_on",
            "end",
            "ends_on",
            "ended_on",
            "ended_because",
            "owner",
            "note",
            "reference",
            "source",
            "address",
        )

    @extend_schema_field(PartySerializer(many=True))
    def get_parties(self, agreement: Any) -> list[dict[str, Any]]:
        return [
            {"partner": one.partner.slug if one.partner else None, "name": one.name, "as_stated": one.as_stated}
            for one in agreement.sides
        ]

    def get_instruments(self, agreement: Any) -> list[str]:
        return [row.instrument.slug for row in agreement.named]

    def get_owner(self, agreement: Agreement) -> str | None:
        return agreement.owner.name if agreement.owner and reach_of(self.context["request"].user).staff else None


class AgreementViewSet(Reading):
    """What two or more agreed on; the OAS need not be one of them."""

    model, serializer_class, filterset_class = Agreement, AgreementSerializer, AgreementFilter
    lookup_field, lookup_value_converter = "slug", "slug"
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        instruments = AgreementInstrument.objects.visible_to(user).select_related("instrument")
        found = with_parties(agreements_for(user).select_related("owner", "source"), user)
        return found.prefetch_related(Prefetch("implements", instruments, to_attr="named"))
