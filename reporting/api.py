"""One state beside its past, the region, its sub-region and states that share with the token's owner."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from capability.reads import note_profile
from common.api.views import Asked
from member_states.models import MemberState
from reporting.dashboards.compare import MOST_PASTS, MOST_STATES, Compare, Line, Value, past_key

NUMBER = serializers.FloatField


class ColumnSerializer(serializers.Serializer):
    key = serializers.CharField(
        help_text="past, past-2025-1 for each further one, region, sub-region, or the slug of a state."
    )
    label = serializers.CharField()  # type: ignore[assignment]  # of the column, not of this serializer


class ValueSerializer(serializers.Serializer):
    column = serializers.CharField()
    value = NUMBER(allow_null=True, help_text="Null where nothing is known, or a figure is withheld.")
    is_crossed = serializers.BooleanField(help_text="Read from the levels of an earlier edition.")


class LineSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    is_dimension = serializers.BooleanField(help_text="The mean of its factors; else a factor.")
    now = NUMBER(allow_null=True)
    is_crossed = serializers.BooleanField(help_text="Read from the levels of an earlier edition.")
    values = ValueSerializer(many=True)
    words = serializers.ListField(child=serializers.CharField(), help_text="The differences, each a sentence.")


@extend_schema_serializer(many=False)
class ComparisonSerializer(serializers.Serializer):
    state = serializers.SlugField()
    edition = serializers.IntegerField()
    since = serializers.CharField(
        allow_null=True, help_text="The newest of the earlier updates: a round, or the year of an edition."
    )
    notes = serializers.ListField(child=serializers.CharField(), help_text="What was asked for and left out.")
    columns = ColumnSerializer(many=True)
    lines = LineSerializer(many=True)


class CompareViewSet(Asked):
    """Figures of fewer than five states are withheld; of a sub-region no means are given."""

    model = MemberState
    serializer_class = ComparisonSerializer
    pagination_class = None

    def rows(self, user: Any) -> QuerySet[MemberState]:
        return MemberState.objects.visible_to(user)

    def _known_words(self) -> set[str]:
        return {"since", "with"}

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "since",
                str,
                description=f"At most {MOST_PASTS} rounds, or years of an edition: 2026-1,2025-2. Else the one before "
                "the last.",
            ),
            OpenApiParameter(
                "with", str, description=f"At most {MOST_STATES} states that share with you: jamaica,brazil."
            ),
        ],
        responses=ComparisonSerializer,
    )
    def list(self, request: Request, state: str) -> Response:
        found = get_object_or_404(self.get_queryset(), slug=state)
        compare = Compare(request.user, found, request.query_params)
        note_profile(request._request, *compare.told_of)
        said = {
            "state": found.slug,
            "edition": compare.year,
            "since": past_key(compare.past) if compare.past else None,
            "notes": compare.notes,
            "columns": [{"key": column.key, "label": column.label} for column in compare.columns],
            "lines": [_line(line) for first, factors in compare.dimensions for line in (first, *factors)],
        }
        return Response(ComparisonSerializer(said).data)


def _line(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.label,
        "is_dimension": line.is_dimension,
        "now": _number(line.now),
        "is_crossed": line.now.is_crossed,
        "values": [
            {"column": column.key, "value": _number(value), "is_crossed": value.is_crossed}
            for column, value in line.values
        ],
        "words": line.words,
    }


def _number(value: Value) -> float | None:
    return None if value.number is None else float(value.number)
