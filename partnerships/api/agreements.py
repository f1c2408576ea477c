"""Agreements, as their pages show them: what the token's owner may read."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from common.api.views import Asked, Reading
from common.scope import reach_of
from csirt_network.api.files import KeptFileSerializer
from partnerships.agreement_list import agreements_for, with_parties
from partnerships.api.people import AppearanceSerializer
from partnerships.filters.agreements import AgreementFilter
from partnerships.models import Agreement, AgreementFile, AgreementInstrument, AgreementLink, Amendment, Appearance
from partnerships.standing import STATUSES
from partnerships.terms import changed_in


class PartySerializer(serializers.Serializer[Any]):
    """The OAS has no partner."""

    partner = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    as_stated = serializers.CharField()


class AgreementFileSerializer(KeptFileSerializer):
    title = serializers.CharField()
    route = "agreement-file"


class RelatedSerializer(serializers.ModelSerializer[AgreementLink]):
    agreement = serializers.SlugField(source="other.slug")
    why = serializers.CharField(read_only=True, help_text="Why the programme follows it.")

    class Meta:
        model = AgreementLink
        fields = ("agreement", "why")


class AgreementSerializer(serializers.ModelSerializer[Agreement]):
    name = serializers.CharField(read_only=True)
    aims = serializers.CharField(read_only=True)
    note = serializers.CharField(read_only=True, help_text="What the sources leave open.")
    status = serializers.ChoiceField(choices=list(STATUSES), read_only=True, help_text="As its dates say today.")
    is_of_the_oas = serializers.BooleanField(read_only=True, help_text="Whether the OAS is a party.")
    parties = serializers.SerializerMethodField()
    instruments = serializers.SerializerMethodField(help_text="Those that it implements.")
    owner = serializers.SerializerMethodField(help_text="Who is responsible; told to the staff.")
    related = RelatedSerializer(source="links_seen", many=True, read_only=True, help_text="Of those that you may read.")
    people = AppearanceSerializer(source="people_seen", many=True, read_only=True, help_text="Whom public texts name.")
    files = AgreementFileSerializer(source="files_seen", many=True, read_only=True)
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
            "related",
            "people",
            "files",
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
        people = Appearance.objects.visible_to(user).select_related("person", "source").order_by("pk")
        links = AgreementLink.objects.visible_to(user).select_related("other")
        return found.prefetch_related(
            Prefetch("implements", instruments, to_attr="named"),
            Prefetch("people", people, to_attr="people_seen"),
            Prefetch("links", links, to_attr="links_seen"),
            Prefetch("files", AgreementFile.objects.visible_to(user), to_attr="files_seen"),
        )


class ChangeSerializer(serializers.Serializer[Any]):
    term = serializers.CharField(help_text="As an agreement names it; texts with the language they are in.")
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class AmendmentSerializer(serializers.ModelSerializer[Amendment]):
    changes = serializers.SerializerMethodField(help_text="The terms that differ, word for word.")

    class Meta:
        model = Amendment
        fields = ("number", "agreed_on", "what", "changes")

    @extend_schema_field(ChangeSerializer(many=True))
    def get_changes(self, amendment: Amendment) -> list[dict[str, Any]]:
        return [
            {"term": name, "before": amendment.earlier.get(name), "after": amendment.later.get(name)}
            for name in changed_in(amendment)
        ]


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH)]))
class AmendmentViewSet(ListModelMixin, Asked):
    """What the parties of an agreement changed in it, with the terms before and after."""

    model, serializer_class = Amendment, AmendmentSerializer
    ordering = ("number",)

    def rows(self, user: Any) -> QuerySet[Any]:
        agreement = get_object_or_404(agreements_for(user), slug=self.kwargs["slug"])
        return Amendment.objects.visible_to(user).filter(agreement=agreement)
