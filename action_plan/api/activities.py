"""Activities, as their pages show them: what the token's owner may read of."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from action_plan.activity_filter import ActivityFilter
from action_plan.models import Activity, ActivityState
from action_plan.querysets.activities import GENDERS
from common.api.views import Reading
from common.scope import reach_of


class ParticipantsSerializer(serializers.Serializer[Any]):
    """All sectors and states together."""

    women = serializers.IntegerField()
    men = serializers.IntegerField()
    other = serializers.IntegerField()
    not_stated = serializers.IntegerField()
    total = serializers.IntegerField()


class ActivitySerializer(serializers.ModelSerializer[Activity]):
    title = serializers.CharField(read_only=True)
    host_state: Any = serializers.SlugField(source="host_state.slug", read_only=True, default=None, allow_null=True)
    states = serializers.SerializerMethodField(help_text="Those that take part, as far as you may know of them.")
    officer = serializers.SerializerMethodField(help_text="Who is responsible; told to liaisons and staff.")
    participants = serializers.SerializerMethodField()
    source: Any = serializers.CharField(source="source.title", read_only=True, default=None, allow_null=True)
    address = serializers.CharField(read_only=True)

    class Meta:
        model = Activity
        fields = (
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

    @extend_schema_field(ParticipantsSerializer)
    def get_participants(self, activity: Any) -> dict[str, int]:
        figures = dict(zip(GENDERS, activity.figures or [0] * len(GENDERS), strict=True))
        return {**figures, "total": sum(figures.values())}


class ActivityViewSet(Reading):
    """What the programme does and did, of every kind."""

    model, serializer_class, filterset_class = Activity, ActivitySerializer, ActivityFilter
    lookup_field, lookup_value_converter = "slug", "slug"
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        states = ActivityState.objects.visible_to(user).select_related("state")
        activities = Activity.objects.visible_to(user).with_figures().select_related("host_state", "officer", "source")
        return activities.prefetch_related(Prefetch("taking_part", states, to_attr="shown_states"))
