"""SIM3 for programs: what teams said of themselves, to whom the pages show it; and the region's medians."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django_filters import BooleanFilter, CharFilter, FilterSet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import record_read
from capability.api.filters import StateFilter
from common.api.views import Asked, Reading
from csirt_network.maturity_pages import Assessed, reviews_of
from csirt_network.models import (
    Assessment,
    ParameterLevel,
    PeerRemark,
    PeerReview,
    ProfileLevel,
    ProofFile,
    Sim3Profile,
    Team,
)
from csirt_network.regional import LEAST_TEAMS, Figures, figures
from csirt_network.sim3 import PARAMETERS, Quadrant

WITHHELD = f"Null where it is withheld: of fewer than {LEAST_TEAMS} teams nothing is said."


class ParameterLevelSerializer(serializers.ModelSerializer):
    code = serializers.CharField(read_only=True, help_text="Of the SIM3 parameter, such as O-1.")

    class Meta:
        model = ParameterLevel
        fields: tuple[str, ...] = ("code", "level", "evidence", "link", "note")


class ProofFileSerializer(serializers.ModelSerializer):
    code = serializers.CharField(read_only=True)
    address = serializers.SerializerMethodField(help_text="Where people download it.")

    class Meta:
        model = ProofFile
        fields = ("code", "name", "media_type", "size", "sha256", "at", "address")

    def get_address(self, proof: ProofFile) -> str:
        return settings.SITE_URL + reverse("proof-file", args=[proof.token])


class PeerRemarkSerializer(serializers.ModelSerializer):
    code = serializers.CharField(read_only=True)

    class Meta:
        model = PeerRemark
        fields = ("code", "level", "remark")


class PeerReviewSerializer(serializers.ModelSerializer):
    reviewer = serializers.SlugField(source="reviewer.slug", read_only=True)
    is_accepted = serializers.BooleanField(
        source="answer.is_accepted", read_only=True, default=None, allow_null=True, help_text="Null: not answered yet."
    )
    remarks: Any = PeerRemarkSerializer(many=True, read_only=True)

    class Meta:
        model = PeerReview
        fields = ("reviewer", "asked_at", "is_accepted", "closed_at", "remarks")


class QuadrantMeanSerializer(serializers.Serializer):
    quadrant = serializers.ChoiceField(choices=Quadrant.choices)
    mean = serializers.FloatField(allow_null=True, help_text="Of the parameters that are assessed.")


class AssessmentSerializer(serializers.ModelSerializer):
    team: Any = serializers.SlugField(source="team.slug", read_only=True)
    state = serializers.SlugField(source="state.slug", read_only=True)
    sent_at = serializers.DateTimeField(read_only=True, allow_null=True, help_text="Null: a draft of your team.")
    quadrants = serializers.SerializerMethodField()

    class Meta:
        model = Assessment
        fields: tuple[str, ...] = ("id", "team", "state", "version", "started_at", "sent_at", "quadrants")

    @extend_schema_field(QuadrantMeanSerializer(many=True))
    def get_quadrants(self, assessment: Assessment) -> list[dict[str, Any]]:
        return [{"quadrant": one.value, "mean": mean} for one, mean in Assessed(assessment).means.items()]


class AssessmentDetailSerializer(AssessmentSerializer):
    levels: Any = ParameterLevelSerializer(many=True, read_only=True)
    proofs: Any = ProofFileSerializer(many=True, read_only=True)
    reviews: Any = PeerReviewSerializer(many=True, read_only=True, source="reviews_in_sight")

    class Meta(AssessmentSerializer.Meta):
        fields = (*AssessmentSerializer.Meta.fields, "levels", "proofs", "reviews")


class AssessmentFilter(FilterSet):
    team = CharFilter(field_name="team__slug", help_text="Its slug.")
    state = StateFilter()
    is_sent = BooleanFilter(field_name="sent_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Assessment
        fields = ("team", "state", "is_sent")


class AssessmentViewSet(Reading):
    """SIM3 self-assessments: your team's, those of teams of your state, and those that your team reviews."""

    model, serializer_class, filterset_class = Assessment, AssessmentSerializer, AssessmentFilter
    lookup_value_converter = "int"
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Assessment]:
        return Assessment.objects.visible_to(user).select_related("team", "state").prefetch_related("levels")

    @extend_schema(responses=AssessmentDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One, with its proofs and what reviewing teams say. Who takes it along is recorded, as with its workbook."""
        found: Any = self.get_object()
        is_private = not found.sent_at
        asked: Any = request._request
        asked.after_response.append(lambda: record_read(asked, found, private=is_private))
        found.reviews_in_sight = reviews_of(request.user, found)
        return Response(AssessmentDetailSerializer(found).data)


class LeastLevelSerializer(serializers.ModelSerializer):
    code = serializers.CharField(read_only=True, help_text="Of the SIM3 parameter, such as O-1.")

    class Meta:
        model = ProfileLevel
        fields = ("code", "level")


class Sim3ProfileSerializer(serializers.ModelSerializer):
    name = serializers.CharField(read_only=True)
    levels = LeastLevelSerializer(
        source="levels_in_sight", many=True, read_only=True, help_text="The least of each parameter; others need none."
    )

    class Meta:
        model = Sim3Profile
        fields = ("slug", "name", "source", "is_offered", "levels")


class Sim3ProfileFilter(FilterSet):
    is_offered = BooleanFilter(help_text="Whether teams may hold themselves against it.")


class Sim3ProfileViewSet(Reading):
    """The levels that teams of some kind should reach, from whoever set them."""

    model, serializer_class, filterset_class = Sim3Profile, Sim3ProfileSerializer, Sim3ProfileFilter
    lookup_field, lookup_value_converter = "slug", "slug"

    def rows(self, user: Any) -> QuerySet[Sim3Profile]:
        levels = ProfileLevel.objects.visible_to(user).order_by("code")
        return Sim3Profile.objects.visible_to(user).prefetch_related(Prefetch("levels", levels, "levels_in_sight"))


class MedianSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="Of the quadrant (O, H, T, P) or of the parameter (O-1).")
    name = serializers.CharField()
    median = serializers.FloatField(allow_null=True, help_text=WITHHELD)
    teams = serializers.IntegerField(help_text="That assessed it.")


@extend_schema_serializer(many=False)
class RegionMaturitySerializer(serializers.Serializer):
    until = serializers.DateTimeField(help_text="What was sent later is not counted.")
    teams = serializers.IntegerField()
    quadrants = MedianSerializer(many=True, help_text="Of the means of the teams.")
    parameters = MedianSerializer(many=True)


class RegionMaturityViewSet(Asked):
    """How mature the teams of the region find themselves together: medians alone, from five teams up."""

    model = Team
    serializer_class = RegionMaturitySerializer
    pagination_class = None

    @extend_schema(operation_id="network_maturity", responses=RegionMaturitySerializer)
    def list(self, request: Request) -> Response:
        if not request.user.has_perm("csirt_network.view_network_maturity"):
            raise PermissionDenied
        return Response(RegionMaturitySerializer(_said(figures(timezone.now()))).data)


def _said(found: Figures) -> dict[str, Any]:
    quadrants = [
        {"code": one.value, "name": str(one.label), **asdict(middle)} for one, middle in found.quadrants.items()
    ]
    parameters = [
        {"code": code, "name": str(one.name), **asdict(found.parameters[code])} for code, one in PARAMETERS.items()
    ]
    return {"until": found.until, "teams": found.teams, "quadrants": quadrants, "parameters": parameters}
