"""Country plans for programs: what their pages say, with the same filters."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from action_plan.models import CountryPlan, PlanMove, PlanVersion
from action_plan.plan_list import PlanFilter, PlanRows
from action_plan.plan_page import PlanPage, plans_for
from action_plan.progress import Progress
from action_plan.text import of_version
from common.api.views import Asked, Reading


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


class OfferedLineSerializer(serializers.Serializer):
    point = serializers.IntegerField()
    name = serializers.CharField(source="label")
    what = serializers.CharField()
    target_stage = serializers.IntegerField(allow_null=True)
    target_on = serializers.DateField(allow_null=True)
    not_needed_because = serializers.CharField()
    needs: Any = NeedSerializer(many=True)


class LineOfPlanSerializer(OfferedLineSerializer):
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
    signed_by = serializers.CharField(
        source="signature.signer",
        default=None,
        allow_null=True,
        help_text="The lead liaison, or the number of the note verbale that the state agreed to.",
    )
    signed_at = serializers.DateTimeField(
        source="signature.at", default=None, allow_null=True, help_text="When it was signed, or recorded."
    )
    paper_on = serializers.DateField(
        source="signature.paper_on", default=None, allow_null=True, help_text="The date of the reply to such a note."
    )
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


class PlanAnswerSerializer(serializers.ModelSerializer):
    class Meta:
        model = PlanMove
        fields = ("verb", "name", "at", "reason", "paper", "paper_on")


class PlanVersionSerializer(serializers.ModelSerializer):
    offered_by = serializers.CharField(source="offered_by.name", read_only=True)
    is_in_force = serializers.SerializerMethodField()
    answer: Any = PlanAnswerSerializer(
        read_only=True, allow_null=True, help_text="By which it was signed, sent back or taken back."
    )

    class Meta:
        model = PlanVersion
        fields: tuple[str, ...] = ("number", "offered_by", "offered_at", "message", "is_in_force", "answer")

    def get_is_in_force(self, version: PlanVersion) -> bool:
        return bool(version == self.context["page"].in_force)


class WholePlanVersionSerializer(PlanVersionSerializer):
    starts_on = serializers.DateField(source="said.starts_on", read_only=True)
    ends_on = serializers.DateField(source="said.ends_on", read_only=True)
    lines: Any = OfferedLineSerializer(source="said.lines", many=True, read_only=True)

    class Meta(PlanVersionSerializer.Meta):
        fields = (*PlanVersionSerializer.Meta.fields, "starts_on", "ends_on", "lines")


class PlanVersionViewSet(ListModelMixin, Asked):
    """What was offered to the state, version by version, and what was answered."""

    model, serializer_class = PlanVersion, PlanVersionSerializer
    ordering = ("-number",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return PlanVersion.objects.visible_to(user).filter(plan=self._page.plan)

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        page: list[Any] = super().paginate_queryset(queryset) or []
        return [version for version in self._page.versions if version in page]

    @extend_schema(responses=WholePlanVersionSerializer, operation_id="plans_version")
    def retrieve(self, request: Request, pk: int, number: int) -> Response:
        """A plan as it was offered once."""
        found: Any = next((one for one in self._page.versions if one.number == number), None)
        if found is None:
            raise Http404
        found.said = of_version(found)
        return Response(WholePlanVersionSerializer(found, context=self.get_serializer_context()).data)

    @cached_property
    def _page(self) -> PlanPage:
        user = self.request.user
        return PlanPage(user, get_object_or_404(plans_for(user), pk=self.kwargs["pk"]))

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        return context if getattr(self, "swagger_fake_view", False) else context | {"page": self._page}
