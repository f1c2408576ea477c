"""Objects of the collections and imports, as their pages show them. Programs that poll use TAXII 2.1."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import record_read
from common.api.views import Reading
from common.tlp import Tlp
from exchange.import_results import results_of
from exchange.models import Import, Observable, StixObject
from exchange.object_filter import ObjectFilter
from exchange.origins import origin_for
from exchange.showing import Shown


class ObservableSerializer(serializers.ModelSerializer):
    class Meta:
        model = Observable
        fields = ("kind", "value")


class ObjectSerializer(serializers.ModelSerializer):
    name = serializers.SerializerMethodField()
    collection = serializers.UUIDField(source="collection.uuid", read_only=True, help_text="As TAXII names it.")
    from_team = serializers.SerializerMethodField(
        help_text="The slug of the team. None: the portal, or a group whose members are hidden from each other."
    )
    is_revoked = serializers.SerializerMethodField()

    class Meta:
        model = StixObject
        fields: tuple[str, ...] = (
            "id",
            "stix_id",
            "type",
            "version",
            "tlp",
            "name",
            "collection",
            "from_team",
            "date_added",
            "is_revoked",
        )

    def get_from_team(self, row: StixObject) -> str | None:
        team = origin_for(row, self.context["request"].user)
        return team.slug if team else None

    def get_name(self, row: StixObject) -> str:
        return Shown(row).title

    def get_is_revoked(self, row: StixObject) -> bool:
        return Shown(row).is_revoked


class ObjectDetailSerializer(ObjectSerializer):
    """With what it points at, and the object itself: its JSON text exactly as it came."""

    observables: Any = ObservableSerializer(many=True, read_only=True)
    stix = serializers.CharField(source="body", read_only=True)

    class Meta(ObjectSerializer.Meta):
        fields = (*ObjectSerializer.Meta.fields, "observables", "stix")


class ObjectViewSet(Reading):
    """Objects of STIX 2.1 that you may read in the collections, newest versions. Each says its label: keep to it."""

    model, serializer_class, filterset_class = StixObject, ObjectSerializer, ObjectFilter
    lookup_value_converter = "int"
    ordering = ("-date_added", "-pk")

    def rows(self, user: Any) -> QuerySet[StixObject]:
        return StixObject.objects.visible_to(user).newest().select_related("from_team", "collection__group")

    @extend_schema(responses=ObjectDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One object. Reading TLP:AMBER+STRICT is recorded, as on its page."""
        row: Any = self.get_object()
        if row.tlp == Tlp.STRICT:
            asked: Any = request._request
            asked.after_response.append(lambda: record_read(asked, row, private=True))
        return Response(ObjectDetailSerializer(row, context=self.get_serializer_context()).data)


class ImportedRowSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    what = serializers.CharField()
    stix_id = serializers.CharField(source="id", allow_blank=True)
    result = serializers.ChoiceField(choices=Import.Result.choices)
    why = serializers.CharField(allow_blank=True)


class ImportSerializer(serializers.ModelSerializer):
    team = serializers.SlugField(source="team.slug", read_only=True)
    collection = serializers.UUIDField(source="collection.uuid", read_only=True, help_text="As TAXII names it.")
    by = serializers.CharField(source="by.name", read_only=True)
    status = serializers.SerializerMethodField(help_text="Empty: looked at, and not imported.")

    class Meta:
        model = Import
        fields: tuple[str, ...] = (
            "id",
            "name",
            "format",
            "size",
            "sha256",
            "team",
            "collection",
            "label",
            "by",
            "made_at",
            "status",
        )

    def get_status(self, importing: Import) -> str:
        return importing.run.status if hasattr(importing, "run") else ""


class ImportDetailSerializer(ImportSerializer):
    rows = serializers.SerializerMethodField()

    class Meta(ImportSerializer.Meta):
        fields = (*ImportSerializer.Meta.fields, "rows")

    @extend_schema_field(ImportedRowSerializer(many=True))
    def get_rows(self, importing: Import) -> list[Any]:
        return list(ImportedRowSerializer(results_of(importing).rows, many=True).data)


class ImportViewSet(Reading):
    """Files that your team looked at and imported. New ones are sent by their page, or as objects by TAXII 2.1."""

    model, permission = Import, "exchange.import_objects"
    lookup_value_converter = "int"
    ordering = ("-made_at", "-pk")

    def get_serializer_class(self) -> Any:
        return ImportDetailSerializer if self.action == "retrieve" else ImportSerializer

    def rows(self, user: Any) -> QuerySet[Import]:
        found = Import.objects.visible_to(user).select_related("team", "by", "collection", "run").defer("content")
        return found if self.action == "retrieve" else found.defer("content", "rows", "run__results")
