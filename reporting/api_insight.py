"""Maturity over time and what moved, for programs: what their pages show to the token's owner."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from capability.models import Update
from capability.reads import note_profile
from common.api.lists import CURSOR, WorkedOutPages
from common.api.views import Asked
from member_states.models import MemberState
from reporting.insight.before import Preceding
from reporting.insight.forms import MovesForm
from reporting.insight.moves import Move, Moves, newest_first
from reporting.insight.over_time import Line, OverTime
from reporting.insight.region import RegionOverTime

OF_REGION = ("state", "sub_region", "round", "dimension", "direction")
OF_STATE = OF_REGION[2:]
ASKED = {
    "state": OpenApiParameter("state", str, description="Its slug."),
    "sub_region": OpenApiParameter("sub_region", str, enum=MemberState.SubRegion.values),
    "round": OpenApiParameter("round", str, description="The round in which it moved: 2026-2."),
    "dimension": OpenApiParameter("dimension", str, description="The code of a dimension: D1."),
    "direction": OpenApiParameter("direction", str, enum=["up", "down"]),
}
CAUTION = "Order is not cause: that an activity came before a change does not mean that it caused it."


class ReadingOverTimeSerializer(serializers.Serializer):
    point = serializers.CharField()
    value = serializers.FloatField(allow_null=True, help_text="Null where nothing was said, or a figure is withheld.")
    is_crossed = serializers.BooleanField(help_text="Read from the levels of an earlier edition.")


class LineOverTimeSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    is_dimension = serializers.BooleanField(help_text="The mean of its factors; else a factor.")
    readings = ReadingOverTimeSerializer(many=True)


class PointOverTimeSerializer(serializers.Serializer):
    key = serializers.CharField(help_text="A round, or the year of an edition.")
    label = serializers.CharField()  # type: ignore[assignment]  # of the point, not of this serializer
    accepted_on = serializers.DateField(allow_null=True)
    is_crossed = serializers.BooleanField(help_text="Of an earlier edition.")


class RegionPointSerializer(serializers.Serializer):
    key = serializers.CharField(help_text="A round, or the year of an edition.")
    label = serializers.CharField()  # type: ignore[assignment]  # of the point, not of this serializer
    states = serializers.IntegerField(help_text="States that are counted: the last that was known of each by then.")
    answered = serializers.IntegerField(help_text="States that answered then.")
    crossed = serializers.IntegerField(help_text="States that are read from levels of an earlier edition alone.")


@extend_schema_serializer(many=False)
class OverTimeSerializer(serializers.Serializer):
    state = serializers.SlugField()
    points = PointOverTimeSerializer(many=True)
    lines = LineOverTimeSerializer(many=True)


@extend_schema_serializer(many=False)
class RegionOverTimeSerializer(serializers.Serializer):
    sub_region = serializers.CharField(allow_null=True)
    points = RegionPointSerializer(many=True)
    lines = LineOverTimeSerializer(many=True)


class PrecedingSerializer(serializers.Serializer):
    activity = serializers.SlugField()
    title = serializers.CharField()
    starts_on = serializers.DateField()
    is_linked = serializers.BooleanField(help_text="A plan, a recommendation or a request links it with the factor.")


class MoveSerializer(serializers.Serializer):
    state = serializers.SlugField()
    factor = serializers.CharField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()
    since = serializers.SlugField(help_text="The round of the update before.")
    round = serializers.SlugField()
    accepted_on = serializers.DateField()
    preceding = PrecedingSerializer(many=True, help_text=f"Activities in the 12 months before. {CAUTION}")


class OneAnswer(Asked):
    pagination_class: Any = None
    asked: tuple[str, ...] = ()
    model: Any = MemberState

    def rows(self, user: Any) -> QuerySet[Any]:
        return MemberState.objects.visible_to(user)

    def _known_words(self) -> set[str]:
        return set(self.asked)

    def state(self, slug: str) -> MemberState:
        found: MemberState = get_object_or_404(self.get_queryset(), slug=slug)
        note_profile(self.request._request, found)
        return found


class StateOverTimeViewSet(OneAnswer):
    """The maturity of one state at each accepted update, and at the published levels of 2016."""

    serializer_class = OverTimeSerializer

    @extend_schema(operation_id="states_over_time", responses=OverTimeSerializer)
    def list(self, request: Request, state: str) -> Response:
        over_time = OverTime(request.user, self.state(state))
        points = [
            {"key": p.key, "label": p.label, "accepted_on": p.accepted_on or None, "is_crossed": p.is_crossed}
            for p in over_time.points
        ]
        keys = [point.key for point in over_time.points]
        lines = [_line(line, keys) for dimension, factors in over_time.dimensions for line in (dimension, *factors)]
        return Response({"state": state, "points": points, "lines": lines})


class RegionOverTimeViewSet(OneAnswer):
    """Means and medians of the region over rounds that are over. Below five states a figure is withheld, and of a
    sub-region no means are given.
    """

    serializer_class = RegionOverTimeSerializer
    asked = ("sub_region",)

    @extend_schema(
        operation_id="region_over_time", parameters=[ASKED["sub_region"]], responses=RegionOverTimeSerializer
    )
    def list(self, request: Request) -> Response:
        region = RegionOverTime(request.user, request.query_params)
        if region.is_unknown:
            raise serializers.ValidationError({"sub_region": [_("There is no such sub-region.")]})
        keys = [point["key"] for point in region.points]
        said = {"sub_region": region.sub_region or None, "points": region.points, "lines": []}
        said["lines"] = [_line(line, keys) for line in region.lines]
        return Response(RegionOverTimeSerializer(said).data)


class MovesViewSet(OneAnswer):
    serializer_class, pagination_class = MoveSerializer, WorkedOutPages
    key_of = staticmethod(newest_first)

    def _known_words(self) -> set[str]:
        return {*self.asked, CURSOR}

    def page_of(self, moves: Moves) -> Response:
        page = self.paginate_queryset(moves.found)
        return self.get_paginated_response([_move(*told) for told in moves.with_preceding(list(page or ()))])


class StateMovesViewSet(MovesViewSet):
    """Each change of a factor's stage between two accepted updates of one state, newest first, with the activities
    in which it took part in the 12 months before. Order is not cause.
    """

    asked = OF_STATE

    @extend_schema(
        operation_id="states_moves",
        parameters=[ASKED[name] for name in OF_STATE],
        responses=MoveSerializer(many=True),
    )
    def list(self, request: Request, state: str) -> Response:
        found = self.state(state)
        form = MovesForm(request.query_params, user=request.user, of_state=True)
        return self.page_of(Moves(request.user, _valid(form), found))


class RegionMovesViewSet(MovesViewSet):
    """The same of all states, for the programme's staff. Order is not cause."""

    model = Update
    asked = OF_REGION

    @extend_schema(
        operation_id="region_moves",
        parameters=[ASKED[name] for name in OF_REGION],
        responses=MoveSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        if not request.user.has_perm("reporting.view_region"):
            raise PermissionDenied(_("The moves of all states are for the programme’s staff."))
        form = MovesForm(request.query_params, user=request.user, is_whole=True)
        return self.page_of(Moves(request.user, _valid(form)))


def _valid(form: MovesForm) -> MovesForm:
    if not form.is_valid():
        raise serializers.ValidationError({name: [str(one) for one in said] for name, said in form.errors.items()})
    return form


def _move(move: Move, preceding: list[Preceding]) -> dict[str, Any]:
    return {
        "state": move.state.slug,
        "factor": move.factor.code,
        "before": move.before,
        "after": move.after,
        "since": move.since.round.slug if move.since.round else "",
        "round": move.update.round.slug if move.update.round else "",
        "accepted_on": move.accepted_on,
        "preceding": [
            {
                "activity": one.activity.slug,
                "title": one.activity.title,
                "starts_on": one.activity.starts_on,
                "is_linked": bool(one.factors),
            }
            for one in preceding
        ],
    }


def _line(line: Line, keys: list[str]) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.name,
        "is_dimension": line.is_dimension,
        "readings": [
            {
                "point": key,
                "value": None if reading.number is None else float(reading.number),
                "is_crossed": reading.is_crossed,
            }
            for key, reading in zip(keys, line.readings, strict=True)
        ],
    }
