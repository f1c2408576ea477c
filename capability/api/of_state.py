"""The four sections without a stage, of one state: all that was accepted or reported, the newest first."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django_filters import BooleanFilter, CharFilter, FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from capability.api.facts import (
    CsirtSerializer,
    FactSerializer,
    RequestSerializer,
    StrategySerializer,
    ThreatSerializer,
)
from capability.models import (
    CsirtStatus,
    StrategyConsultation,
    StrategyStatus,
    StrategyStep,
    StrategyVersion,
    SupportRequest,
    ThreatLevel,
)
from capability.models.strategies import PEOPLE
from capability.reads import note_profile
from common.api.views import Asked
from member_states.models import MemberState

SAID: tuple[str, ...] = ("round", "accepted_at", "is_current")


class SaidSerializer(FactSerializer):
    """With the update it was said in; both are null for what a source reported."""

    round = serializers.SlugField(source="update.round.slug", read_only=True, default=None, allow_null=True)
    accepted_at = serializers.DateTimeField(source="update.accepted_at", read_only=True, default=None, allow_null=True)


class StepSerializer(serializers.ModelSerializer):
    class Meta:
        model = StrategyStep
        fields = ("step", "reached")


class VersionSerializer(serializers.ModelSerializer):
    class Meta:
        model = StrategyVersion
        fields = ("title", "adopted", "link")


class ConsultationSerializer(serializers.ModelSerializer):
    class Meta:
        model = StrategyConsultation
        fields = ("sector", "held", *PEOPLE)


class CsirtOverTime(SaidSerializer, CsirtSerializer):
    class Meta(CsirtSerializer.Meta):
        fields = (*CsirtSerializer.Meta.fields, *SAID)


class StrategyOverTime(SaidSerializer, StrategySerializer):
    """Stages, versions and consultations are those of the same update."""

    stages = StepSerializer(source="said_steps", many=True, read_only=True)
    versions = VersionSerializer(source="said_versions", many=True, read_only=True)
    consultations = ConsultationSerializer(source="said_consultations", many=True, read_only=True)

    class Meta(StrategySerializer.Meta):
        fields = (*StrategySerializer.Meta.fields, *SAID, "stages", "versions", "consultations")


class ThreatOverTime(SaidSerializer, ThreatSerializer):
    class Meta(ThreatSerializer.Meta):
        fields = (*ThreatSerializer.Meta.fields, *SAID)


class RequestOverTime(SaidSerializer, RequestSerializer):
    class Meta(RequestSerializer.Meta):
        fields = (*RequestSerializer.Meta.fields, *SAID)


class OverTime(FilterSet):
    is_current = BooleanFilter(help_text="Only what holds today, or only what was replaced.")


class ThreatsOverTime(OverTime):
    threat = CharFilter(field_name="threat__code", help_text="The code of the class, such as fraud.")

    class Meta:
        model = ThreatLevel
        fields = ("is_current", "threat", "level", "trend")


class RequestsOverTime(OverTime):
    class Meta:
        model = SupportRequest
        fields = ("is_current", "point", "answer")


class StrategiesOverTime(OverTime):
    class Meta:
        model = StrategyStatus
        fields = ("is_current", "step", "in_force")


class CsirtsOverTime(OverTime):
    class Meta:
        model = CsirtStatus
        fields = ("is_current", "status", "is_national")


@extend_schema(parameters=[OpenApiParameter("state", OpenApiTypes.STR, OpenApiParameter.PATH, description="Its slug.")])
class OfState(ListModelMixin, Asked):
    ordering = ("-pk",)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=self.kwargs["state"])
        note_profile(request._request, state)
        return super().list(request, *args, **kwargs)

    def rows(self, user: Any) -> QuerySet[Any]:
        said = self.model.objects.visible_to(user).filter(state__slug=self.kwargs["state"])
        return said.select_related("state", "source", "update__round")


class StateCsirt(OfState):
    """What was said of the national CSIRT, and of other teams, over time."""

    model, serializer_class, filterset_class = CsirtStatus, CsirtOverTime, CsirtsOverTime


class StateStrategy(OfState):
    """What was said of the national strategy over time, with its stages, versions and consultations."""

    model, serializer_class, filterset_class = StrategyStatus, StrategyOverTime, StrategiesOverTime

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        page: list[Any] | None = super().paginate_queryset(queryset)
        for model, name in PARTS.items():
            parts = model.objects.visible_to(self.request.user).filter(state__slug=self.kwargs["state"])
            by_update: dict[Any, list[Any]] = {}
            for part in parts.order_by("pk"):
                by_update.setdefault(part.update_id, []).append(part)
            for row in page or ():
                setattr(row, name, by_update.get(row.update_id, []))
        return page


PARTS: dict[Any, str] = {
    StrategyStep: "said_steps",
    StrategyVersion: "said_versions",
    StrategyConsultation: "said_consultations",
}


class StateThreats(OfState):
    """The threat picture of one state over time."""

    model, serializer_class, filterset_class = ThreatLevel, ThreatOverTime, ThreatsOverTime

    def rows(self, user: Any) -> QuerySet[Any]:
        return super().rows(user).select_related("threat")


class StateRequests(OfState):
    """What one state asked the programme for, over time."""

    model, serializer_class, filterset_class = SupportRequest, RequestOverTime, RequestsOverTime
