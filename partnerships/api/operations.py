"""Joint operations as their pages show them: whom a label lets, of those who take part."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.views import Reading
from partnerships.filters.operations import OperationFilter
from partnerships.models import LogEntry, Operation, OperationAction, OperationFigure
from partnerships.operation_page import OperationPage, Rows
from partnerships.views.operations import note_reading


class OperationSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField(source="operation.slug")
    tlp = serializers.CharField(source="operation.tlp", help_text="Keep to it. Of one operation: of all that it holds.")
    title = serializers.CharField(source="operation.title_in_any")
    line = serializers.CharField(source="operation.line", help_text="Empty where a source does not say it.")
    status = serializers.CharField(source="operation.status")
    is_led_by_oas = serializers.BooleanField(source="operation.is_led_by_oas")
    lead: Any = serializers.SlugField(source="lead.slug", default=None, allow_null=True)
    partners = serializers.SerializerMethodField(help_text="Those that you may know of.")
    states = serializers.SerializerMethodField()
    agreement: Any = serializers.SlugField(source="agreement.slug", default=None, allow_null=True)
    starts_on = serializers.DateField(source="operation.starts_on", allow_null=True)
    ends_on = serializers.DateField(source="operation.ends_on", allow_null=True)
    is_historic = serializers.BooleanField(
        source="operation.is_historic", help_text="An example that a source names; the programme took no part."
    )

    def get_partners(self, row: Any) -> list[str]:
        return [partner.slug for partner in row.partners]

    def get_states(self, row: Any) -> list[str]:
        return [state.slug for state in row.states]


class OperationFigureSerializer(serializers.ModelSerializer[OperationFigure]):
    class Meta:
        model = OperationFigure
        fields = ("kind", "exactness", "number", "counted_on", "said_by")


class OperationLogSerializer(serializers.ModelSerializer[LogEntry]):
    class Meta:
        model = LogEntry
        fields = ("tlp", "happened_at", "text")


class OperationActionSerializer(serializers.ModelSerializer[OperationAction]):
    class Meta:
        model = OperationAction
        fields = (
            "kind",
            "what",
            "legal_basis",
            "jurisdiction",
            "asked_on",
            "ordered_on",
            "done_on",
            "refused_on",
        )


class OperationDetailSerializer(OperationSerializer):
    tlp = serializers.CharField(help_text="The strictest label of what stands here.")
    about = serializers.CharField(source="operation.about_in_any")
    figures: Any = OperationFigureSerializer(many=True)
    log: Any = OperationLogSerializer(many=True, help_text="For those who take part.")
    actions: Any = OperationActionSerializer(many=True, help_text="For those who take part.")


class OperationViewSet(Reading):
    """Joint operations that you take part in, or whose label lets you read them."""

    model, serializer_class, filterset_class = Operation, OperationSerializer, OperationFilter
    lookup_field, lookup_value_converter = "slug", "slug"
    ordering = ("-made_at", "-pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        return Operation.objects.visible_to(user)

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        return list(Rows(self.request.user, super().paginate_queryset(queryset) or []))

    @extend_schema(responses=OperationDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One operation. Reading TLP:AMBER+STRICT and TLP:RED is recorded, as on its page."""
        page = OperationPage(self.get_object(), request.user)
        note_reading(request._request, page.operation, page.label)
        shown: Any = page.row
        whole = OperationSerializer(shown).data | {
            "tlp": page.label.value,
            "about": page.operation.about_in_any,
            "figures": OperationFigureSerializer(page.figures, many=True).data,
            "log": OperationLogSerializer(page.log, many=True).data,
            "actions": OperationActionSerializer(page.actions, many=True).data,
        }
        return Response(whole)
