"""What became of each recommendation, for programs: the same rows and filters as the page."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from rest_framework import serializers

from action_plan.models import Recommendation, RecommendationReport
from action_plan.recommendation_filter import RecommendationFilter
from common.api.views import Reading


class RecommendationSerializer(serializers.ModelSerializer):
    mission: Any = serializers.SlugField(source="mission.activity.slug", read_only=True, default=None, allow_null=True)
    exercise: Any = serializers.SlugField(source="exercise.slug", read_only=True, default=None, allow_null=True)
    state = serializers.SlugField(source="state.slug", read_only=True)
    factor: Any = serializers.CharField(source="factor.code", read_only=True, default=None, allow_null=True)
    liaison: Any = serializers.CharField(source="liaison.name", read_only=True, default=None, allow_null=True)
    is_overdue = serializers.BooleanField(read_only=True)
    is_reported = serializers.BooleanField(read_only=True, help_text="A report of the state waits to be confirmed.")

    class Meta:
        model = Recommendation
        fields = (
            "id",
            "mission",
            "exercise",
            "state",
            "number",
            "text",
            "factor",
            "institution",
            "liaison",
            "due_on",
            "priority",
            "status",
            "is_overdue",
            "is_reported",
        )


class RecommendationViewSet(Reading):
    """Recommendations of missions and exercises. `status` is what the programme has confirmed."""

    model, serializer_class, filterset_class = Recommendation, RecommendationSerializer, RecommendationFilter
    lookup_value_converter = "int"
    ordering = ("due_on", "pk")
    ordering_fields = ("due_on", "priority")

    def rows(self, user: Any) -> QuerySet[Any]:
        reports = RecommendationReport.objects.visible_to(user).filter(recommendation=OuterRef("pk"), decision="")
        rows = Recommendation.objects.visible_to(user).annotate(is_reported=Exists(reports))
        return rows.select_related("mission__activity", "exercise", "state", "factor", "liaison")
