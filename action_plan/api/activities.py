"""Activities, as their pages show them: what the token's owner may read of."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from action_plan.activity_filter import ActivityFilter
from action_plan.figures import Figures, Line
from action_plan.models import Activity, ActivityCost, ActivityFile, ActivityState, Output
from action_plan.querysets.activities import GENDERS
from action_plan.views.activities import SHARED
from common.api.views import Reading
from common.scope import reach_of
from csirt_network.api.files import KeptFileSerializer


class ParticipantsSerializer(serializers.Serializer[Any]):
    """Women, men, other, not stated, and all."""

    women = serializers.IntegerField()
    men = serializers.IntegerField()
    other = serializers.IntegerField()
    not_stated = serializers.IntegerField()
    total = serializers.IntegerField()


class ParticipantsTogetherSerializer(serializers.Serializer[Any]):
    """All sectors and states together; each null where nobody counted."""

    women = serializers.IntegerField(allow_null=True)
    men = serializers.IntegerField(allow_null=True)
    other = serializers.IntegerField(allow_null=True)
    not_stated = serializers.IntegerField(allow_null=True)
    total = serializers.IntegerField(allow_null=True)


class OutputSerializer(serializers.ModelSerializer[Output]):
    class Meta:
        model = Output
        fields = ("what", "link")


class ActivityFileSerializer(KeptFileSerializer):
    title = serializers.CharField()
    route = "activity-file"


class CostSerializer(serializers.ModelSerializer[ActivityCost]):
    class Meta:
        model = ActivityCost
        fields = ("amount", "currency", "paid_by")


class ActivitySerializer(serializers.ModelSerializer[Activity]):
    title = serializers.CharField(read_only=True)
    host_state: Any = serializers.SlugField(source="host_state.slug", read_only=True, default=None, allow_null=True)
    states = serializers.SerializerMethodField(help_text="Those that take part, as far as you may know of them.")
    officer = serializers.SerializerMethodField(help_text="Who is responsible; told to liaisons and staff.")
    participants = serializers.SerializerMethodField()
    outputs = OutputSerializer(source="shown_outputs", many=True, read_only=True)
    files = ActivityFileSerializer(source="shown_files", many=True, read_only=True)
    cost: Any = CostSerializer(source="shown_cost", read_only=True, allow_null=True, help_text="Told to the staff.")
    source: Any = serializers.CharField(source="source.title", read_only=True, default=None, allow_null=True)
    address = serializers.CharField(read_only=True)

    class Meta:
        model = Activity
        fields: tuple[str, ...] = (
            "slug",
            "kind",
            "point",
            "title",
            "status",
            "cancelled_because",
            "starts_on",
            "ends_on",
            "precision",
            "starts_at",
            "ends_at",
            "time_zone",
            "place",
            "host_state",
            "is_online",
            "languages",
            "host",
            "organisers",
            "partners",
            "states",
            "officer",
            "about",
            "outcome",
            "participants",
            "participants_as_stated",
            "outputs",
            "files",
            "cost",
            "reference",
            "source",
            "address",
        )

    def get_states(self, activity: Any) -> list[str]:
        return sorted(row.state.slug for row in activity.shown_states)

    def get_officer(self, activity: Activity) -> str | None:
        reach = reach_of(self.context["request"].user)
        known = activity.officer if reach.staff or reach.states else None
        return known.name if known else None

    @extend_schema_field(ParticipantsTogetherSerializer)
    def get_participants(self, activity: Any) -> dict[str, int | None]:
        figures = activity.figures or [None] * len(GENDERS)
        return {**dict(zip(GENDERS, figures, strict=True)), "total": activity.participants}


class InSectorSerializer(ParticipantsSerializer):
    """Of one sector."""

    sector = serializers.CharField(source="name")


class OfStateSerializer(ParticipantsSerializer):
    """Of one state; null: of none, or not stated."""

    state = serializers.SlugField(allow_null=True)


class ActivityDetailSerializer(ActivitySerializer):
    by_sector = serializers.SerializerMethodField(help_text="The participants of each sector.")
    by_state = serializers.SerializerMethodField(help_text="Those of each state, where they may be named.")

    class Meta(ActivitySerializer.Meta):
        fields = (*ActivitySerializer.Meta.fields, "by_sector", "by_state")

    @extend_schema_field(InSectorSerializer(many=True))
    def get_by_sector(self, activity: Any) -> list[dict[str, Any]]:
        return [{"sector": str(line.name), **_figures(line)} for line in activity.divided.sectors]

    @extend_schema_field(OfStateSerializer(many=True))
    def get_by_state(self, activity: Any) -> list[dict[str, Any]]:
        if not (reach_of(self.context["request"].user).staff or activity.audience in SHARED):
            return []
        lines = activity.divided.states
        return [{"state": line.state.slug if line.state else None, **_figures(line)} for line in lines]


def _figures(line: Line) -> dict[str, int]:
    return {**dict(zip(GENDERS, line.figures, strict=True)), "total": line.total}


class ActivityViewSet(Reading):
    """What the programme does and did, of every kind."""

    model, serializer_class, filterset_class = Activity, ActivitySerializer, ActivityFilter
    lookup_field, lookup_value_converter = "slug", "slug"
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        states = ActivityState.objects.visible_to(user).select_related("state")
        activities = Activity.objects.visible_to(user).with_figures().select_related("host_state", "officer", "source")
        return activities.prefetch_related(
            Prefetch("taking_part", states, to_attr="shown_states"),
            Prefetch("outputs", Output.objects.visible_to(user), to_attr="shown_outputs"),
            Prefetch("files", ActivityFile.objects.visible_to(user), to_attr="shown_files"),
            Prefetch("cost", ActivityCost.objects.visible_to(user), to_attr="shown_cost"),
        )

    @extend_schema(responses=ActivityDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One activity, with who took part by sector and state."""
        activity: Any = self.get_object()
        activity.divided = Figures(activity, request.user)
        return Response(ActivityDetailSerializer(activity, context=self.get_serializer_context()).data)
