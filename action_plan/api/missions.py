"""Missions with what they recommend, as far as the token's owner may read of it."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from action_plan.api.of_activity import OfActivitySerializer
from action_plan.mission_filter import MissionFilter, whole
from action_plan.models import Mission, MissionMember, Recommendation
from common.api.views import Reading


class MemberSerializer(serializers.ModelSerializer[MissionMember]):
    name = serializers.CharField(source="label", read_only=True, help_text="Of the roster, named to the staff alone.")
    is_of_roster = serializers.SerializerMethodField()

    class Meta:
        model = MissionMember
        fields = ("name", "role", "organisation", "is_of_roster")

    def get_is_of_roster(self, member: MissionMember) -> bool:
        return member.expert_id is not None


class AdviceSerializer(serializers.ModelSerializer[Recommendation]):
    factor: Any = serializers.CharField(source="factor.code", read_only=True, default=None, allow_null=True)
    is_overdue = serializers.BooleanField(read_only=True)

    class Meta:
        model = Recommendation
        fields = ("id", "number", "text", "factor", "institution", "due_on", "priority", "status", "is_overdue")


class MissionSerializer(OfActivitySerializer):
    state = serializers.SlugField(source="state.slug", read_only=True)
    place = serializers.CharField(source="activity.place", read_only=True)
    is_online = serializers.BooleanField(source="activity.is_online", read_only=True)
    officer: Any = serializers.CharField(source="activity.officer.name", read_only=True, default=None, allow_null=True)
    answers: Any = serializers.IntegerField(
        source="answers_id", read_only=True, allow_null=True, help_text="The request for support that it answers."
    )
    team: Any = MemberSerializer(many=True, read_only=True)
    findings: Any = serializers.CharField(
        source="found.text", read_only=True, default=None, allow_null=True, help_text="Once they are shared."
    )
    recommendations: Any = AdviceSerializer(
        source="advice", many=True, read_only=True, help_text="Once they are shared."
    )
    address = serializers.CharField(read_only=True)

    class Meta:
        model = Mission
        fields = (
            "slug",
            "title",
            "state",
            "status",
            "starts_on",
            "ends_on",
            "place",
            "is_online",
            "officer",
            "answers",
            "requested_on",
            "request",
            "terms",
            "agenda",
            "team",
            "is_released",
            "released_at",
            "findings",
            "recommendations",
            "address",
        )


class MissionViewSet(Reading):
    """Technical assistance missions. A state reads its own; findings and recommendations once they are shared."""

    model, serializer_class, filterset_class = Mission, MissionSerializer, MissionFilter
    lookup_field, lookup_url_kwarg, lookup_value_converter = "activity__slug", "slug", "slug"
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return whole(Mission.objects.visible_to(user), user)
