"""Contact tests and how fresh entries are, as their pages show them; the days on which states do not work."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django_filters import FilterSet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from capability.api.filters import StateFilter
from common.api.views import Asked, Reading
from csirt_network.freshness import work_list
from csirt_network.models import ClosedDay, Drill, DrillCall, Team
from csirt_network.views.found import team_for

LOOK_AFTER = "csirt_network.look_after_entries"


class DrillSerializer(serializers.ModelSerializer[Drill]):
    is_open = serializers.BooleanField(read_only=True)

    class Meta:
        model = Drill
        fields = ("id", "title", "message", "started_at", "ends_at", "is_open")


class DrillViewSet(Reading):
    """Contact tests of the network, the newest first: for the programme’s staff."""

    model, serializer_class = Drill, DrillSerializer
    permission = LOOK_AFTER
    lookup_value_converter = "int"
    ordering = ("-started_at", "-pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        return Drill.objects.visible_to(user)


class DrillCallSerializer(serializers.ModelSerializer[DrillCall]):
    test = serializers.IntegerField(source="drill_id", read_only=True, help_text="Number of the contact test.")
    team = serializers.SlugField(source="team.slug", read_only=True)
    answered_by: Any = serializers.CharField(source="answered_by.name", read_only=True, default=None, allow_null=True)
    minutes: Any = serializers.IntegerField(read_only=True, allow_null=True, help_text="From the call to the answer.")

    class Meta:
        model = DrillCall
        fields = ("test", "team", "called_at", "answered_at", "how", "answered_by", "note", "minutes")


class OfDrills(ListModelMixin, Asked):
    model, serializer_class = DrillCall, DrillCallSerializer

    def calls(self, **of: Any) -> QuerySet[Any]:
        found = DrillCall.objects.visible_to(self.request.user).filter(**of)
        return found.select_related("drill", "team", "answered_by")


@extend_schema_view(list=extend_schema(operation_id="contact_test_calls_list"))
class DrillCallViewSet(OfDrills):
    """The teams that were called in a contact test, and when each answered: for the programme’s staff."""

    permission = LOOK_AFTER

    def rows(self, user: Any) -> QuerySet[Any]:
        return self.calls(drill=get_object_or_404(Drill.objects.visible_to(user), pk=self.kwargs["pk"]))


@extend_schema_view(
    list=extend_schema(
        operation_id="team_reachability_list", parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH)]
    )
)
class ReachabilityViewSet(OfDrills):
    """How soon a team answered each contact test: for the team, the liaisons of its state and the programme’s staff."""

    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return self.calls(team=team_for(self.request._request, self.kwargs["slug"], "see_history"))


class StaleSerializer(serializers.Serializer[Any]):
    team = serializers.SlugField(source="team.slug")
    confirmed_at = serializers.DateTimeField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True, help_text="When it last answered a contact test.")
    problems = serializers.ListField(child=serializers.CharField(), help_text="A sentence for each.")


class StaleViewSet(Asked):
    model, serializer_class, pagination_class = Team, StaleSerializer, None
    permission = LOOK_AFTER

    def rows(self, user: Any) -> QuerySet[Any]:
        return Team.objects.visible_to(user)

    @extend_schema(operation_id="network_entries_list", responses=StaleSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Entries of the directory that somebody should look after; those that waited longest first. For the staff."""
        return Response(StaleSerializer(work_list(request.user), many=True).data)


class ClosedDaySerializer(serializers.ModelSerializer[ClosedDay]):
    state = serializers.SlugField(source="state.slug", read_only=True)

    class Meta:
        model = ClosedDay
        fields = ("state", "day", "name")


class ClosedDayFilter(FilterSet):
    state = StateFilter()

    class Meta:
        model = ClosedDay
        fields = ("state",)


class ClosedDayViewSet(ListModelMixin, Asked):
    """Days on which a state does not work besides its public holidays: no working days of any clock."""

    model, serializer_class, filterset_class = ClosedDay, ClosedDaySerializer, ClosedDayFilter
    ordering = ("state__slug", "day")

    def rows(self, user: Any) -> QuerySet[Any]:
        return ClosedDay.objects.visible_to(user).select_related("state")
