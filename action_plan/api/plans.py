"""Country plans for programs: what their pages say, with the same filters."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from action_plan.models import CountryPlan
from action_plan.plan_list import PlanFilter, PlanRows
from action_plan.plan_page import PlanPage, plans_for
from action_plan.progress import Progress
from common.api.views import Reading


class CountedSerializer(serializers.Serializer):
    done = serializers.IntegerField()
    under_way = serializers.IntegerField()
    planned = serializers.IntegerField()


class PlanRowSerializer(serializers.Serializer):
    """Counted from the activities that the token's owner reads of."""

    id = serializers.IntegerField(source="plan.pk")
    state = serializers.SlugField(source="plan.state.slug")
    starts_on = serializers.DateField(source="plan.begins_on")
    ends_on = serializers.DateField(source="plan.closes_on")
    status = serializers.CharField(source="plan.status", help_text="draft, agreed, active or closed")
    is_offered = serializers.BooleanField(source="plan.is_offered", help_text="Waits for the state’s agreement.")
    owner = serializers.CharField(source="plan.responsible")
    version = serializers.IntegerField(
        source="version.number", default=None, allow_null=True, help_text="The one in force, or what is offered."
    )
    activities = CountedSerializer(source="progress")
    targets = serializers.IntegerField()
    targets_reached = serializers.IntegerField(source="reached")


class NeedSerializer(serializers.Serializer):
    """As it stood when it was chosen."""

    kind = serializers.CharField(help_text="factor, threat, request (in an update) or asked (outside one)")
    name = serializers.CharField()
    stage = serializers.IntegerField(allow_null=True)
    before = serializers.IntegerField(allow_null=True, help_text="The stage it fell from.")
    is_crossed = serializers.BooleanField(help_text="Read from an earlier edition.")
    level = serializers.CharField()
    trend = serializers.CharField()


class LineSerializer(serializers.Serializer):
    point = serializers.IntegerField()
    name = serializers.CharField(source="label")
    what = serializers.CharField()
    target_stage = serializers.IntegerField(allow_null=True)
    target_on = serializers.DateField(allow_null=True)
    not_needed_because = serializers.CharField()
    needs: Any = NeedSerializer(many=True)


class LineOfPlanSerializer(LineSerializer):
    activities = serializers.SerializerMethodField()
    is_target_reached = serializers.SerializerMethodField()

    def get_activities(self, line: Any) -> dict[str, int]:
        counted = self.context["page"].by_line.get(line.id, Progress())
        return {"done": counted.done, "under_way": counted.under_way, "planned": counted.planned}

    def get_is_target_reached(self, line: Any) -> bool | None:
        target = self.context["page"].targets.get(line.point)
        return target.is_reached if target else None


class PlanSerializer(PlanRowSerializer):
    lines: Any = LineOfPlanSerializer(source="text.lines", many=True)
    signed_by = serializers.CharField(source="signature.name", default=None, allow_null=True)
    signed_at = serializers.DateTimeField(source="signature.at", default=None, allow_null=True)
    targets = serializers.IntegerField(source="targets_count")
    targets_reached = serializers.IntegerField()


class PlanViewSet(Reading):
    """Plans of states. A state reads its own, from the first time it was offered one, as it was offered."""

    model, serializer_class, filterset_class = CountryPlan, PlanRowSerializer, PlanFilter
    lookup_value_converter = "int"
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return plans_for(user)

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        page: list[Any] = super().paginate_queryset(queryset) or []
        plans = self.rows(self.request.user).filter(pk__in=[plan.pk for plan in page])
        rows = {row.plan.pk: row for row in PlanRows(self.request.user, plans)}
        return [rows[plan.pk] for plan in page]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = PlanPage(request.user, self.get_object())
        return Response(PlanSerializer(page, context={**self.get_serializer_context(), "page": page}).data)
