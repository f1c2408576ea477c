"""Exercises for programs: what a person's pages show, and the answers of a team."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response as Answer

from accounts.once import KEY_HEADER, key_of, once
from action_plan.actions.exercise_life import respond
from action_plan.actions.missions import Refused
from action_plan.exercise_list import ExerciseFilter
from action_plan.exercise_report import TeamPart, report_on
from action_plan.exercise_timeline import Event, timeline
from action_plan.models import Exercise, ExerciseTeam, HotWash, Inject, Recommendation, Response
from action_plan.views.exercise_reports import find_reported
from common.api.problems import Conflict, Unready
from common.api.views import Asked, Reading


class ExerciseSerializer(serializers.ModelSerializer):
    minute = serializers.IntegerField(read_only=True, help_text="What the clock of the exercise shows.")
    address = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Exercise
        fields = (
            "slug",
            "name",
            "status",
            "tlp",
            "planned_at",
            "minutes",
            "speed",
            "minute",
            "started_at",
            "ended_at",
            "is_released",
            "scenario",
            "objectives",
            "address",
        )


class InjectSerializer(serializers.ModelSerializer):
    """Without what is expected: teams read that with the report, on its page."""

    came_minute = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Inject
        fields = ("number", "kind", "title", "text", "due_minute", "came_minute", "allowed")


class ResponseSerializer(serializers.ModelSerializer):
    team = serializers.SlugField(source="player.team.slug", read_only=True)
    inject = serializers.IntegerField(source="inject.number", read_only=True)
    minute = serializers.IntegerField(read_only=True)

    class Meta:
        model = Response
        fields = ("key", "team", "inject", "text", "minute", "at")


class GivenResponse(serializers.Serializer):
    text = serializers.CharField(max_length=10000)
    team = serializers.SlugField(required=False, help_text="Needed by somebody of more than one team that plays.")


class EventSerializer(serializers.Serializer):
    kind = serializers.CharField()
    minute = serializers.IntegerField()
    at = serializers.DateTimeField(allow_null=True)
    team = serializers.CharField()
    inject = serializers.IntegerField(allow_null=True)
    what = serializers.CharField()
    words = serializers.CharField()


class TeamPartSerializer(serializers.Serializer):
    team = serializers.SlugField(source="player.team.slug")
    injects = serializers.SerializerMethodField()
    answered = serializers.IntegerField()
    in_time = serializers.IntegerField()
    median_minutes = serializers.FloatField(source="took", allow_null=True, help_text="To the first answer.")
    mean_score = serializers.FloatField(source="score", allow_null=True, help_text="From 0 to 4.")

    def get_injects(self, part: TeamPart) -> int:
        return len(part.cells)


class HotWashSerializer(serializers.ModelSerializer):
    team: Any = serializers.SlugField(source="team.team.slug", read_only=True, default=None, allow_null=True)
    by = serializers.CharField(source="by.name", read_only=True)

    class Meta:
        model = HotWash
        fields = ("team", "by", "went_well", "to_improve")


class ExerciseAdviceSerializer(serializers.ModelSerializer):
    state = serializers.SlugField(source="state.slug", read_only=True)

    class Meta:
        model = Recommendation
        fields = ("id", "number", "state", "text", "institution", "due_on", "status")


class AfterActionSerializer(serializers.Serializer):
    """What happened stands in the timeline."""

    summary = serializers.CharField(source="words.summary", default="")
    went_well = serializers.CharField(source="words.went_well", default="")
    to_improve = serializers.CharField(source="words.to_improve", default="")
    teams: Any = TeamPartSerializer(many=True)
    hot_washes: Any = HotWashSerializer(source="washes", many=True)
    recommendations: Any = ExerciseAdviceSerializer(many=True)


class ExerciseViewSet(Reading):
    """Crisis management exercises of one's team, and those one runs or watches."""

    model, serializer_class, filterset_class = Exercise, ExerciseSerializer, ExerciseFilter
    lookup_field, lookup_value_converter = "slug", "slug"
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return Exercise.objects.for_reader(user)


class OfOneExercise(Asked):
    model = Exercise

    def exercise(self, request: Request, slug: str) -> Any:
        return get_object_or_404(Exercise.objects.for_reader(request.user), slug=slug)


class InjectViewSet(OfOneExercise):
    """What has come at one's team; whoever runs or watches the exercise gets all."""

    ordering = ("number",)

    @extend_schema(responses=InjectSerializer(many=True), operation_id="exercise_injects_list")
    def list(self, request: Request, slug: str) -> Answer:
        injects = Inject.objects.visible_to(request.user).filter(exercise=self.exercise(request, slug))
        page = self.paginate_queryset(self.filter_queryset(injects))
        return self.get_paginated_response(InjectSerializer(page, many=True).data)

    @extend_schema(
        operation_id="exercise_injects_respond",
        request=GivenResponse,
        responses={200: ResponseSerializer, 201: ResponseSerializer},
        parameters=[KEY_HEADER],
    )
    def respond(self, request: Request, slug: str, number: int) -> Answer:
        """What the team does. The same key again gives the same answer (200 instead of 201)."""
        exercise = self.exercise(request, slug)
        inject = get_object_or_404(Inject.objects.visible_to(request.user), exercise=exercise, number=number)
        if not request.user.has_perm("action_plan.play_exercise", exercise):
            raise PermissionDenied(_("An inject is answered by somebody of a team that plays."))
        given = GivenResponse(data=request.data)
        given.is_valid(raise_exception=True)
        key, player = key_of(request), _player(request.user, inject, given.validated_data.get("team"))

        def make() -> tuple[int, bool]:
            text = given.validated_data["text"]
            try:
                made, is_new = respond(inject=inject, player=player, text=text, key=key, by=request.user)
            except Refused as refused:
                raise Conflict(str(refused)) from refused
            if made.text != text:  # of a colleague, or of a day ago
                raise Unready(_("Something else was sent with this key. Send a new key with each new thing."), [])
            return made.pk, is_new

        made, is_new = once(request, make)
        response = Response.objects.visible_to(request.user).select_related("player__team", "inject").get(pk=made)
        return Answer(ResponseSerializer(response).data, status=201 if is_new else 200)


class TimelineViewSet(OfOneExercise):
    """What happened, in order, as far as one may see it."""

    pagination_class = None

    @extend_schema(responses=EventSerializer(many=True), operation_id="exercise_timeline_list")
    def list(self, request: Request, slug: str) -> Answer:
        events: list[Event] = timeline(self.exercise(request, slug), request.user)
        return Answer(EventSerializer(events, many=True).data)


class AfterActionViewSet(OfOneExercise):
    """The after-action report: of one's team once it is published; whoever runs or watches the exercise gets all."""

    @extend_schema(responses=AfterActionSerializer, operation_id="exercise_report")
    def retrieve(self, request: Request, slug: str) -> Answer:
        report = report_on(find_reported(request._request, slug), request.user)
        return Answer(AfterActionSerializer(report).data)


def _player(user: Any, inject: Inject, team: str | None) -> ExerciseTeam:
    """The reader's team that is meant; the only one where none is named."""
    players = ExerciseTeam.objects.visible_to(user).played_by(user).filter(exercise=inject.exercise_id)
    found = [one for one in players.select_related("team") if inject.is_for(one) and team in (None, one.team.slug)]
    if len(found) != 1:
        sentence = _("Name the team that answers, by its slug: one of yours that the inject is for.")
        raise serializers.ValidationError({"team": [sentence]})
    return found[0]
