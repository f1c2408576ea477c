"""The five objectives in figures, for programs: as front page and region count them for the token's owner."""

from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.views import Asked
from member_states.models import MemberState
from reporting.dashboards.counted import NAMES, counted


class ObjectiveFigureSerializer(serializers.Serializer[Any]):
    """Everybody is told of all member states (`states`) how many `reached` the objective, of these how many
    `confirmed` it themselves and of how many it is only `reported`, and where it is `under_way`; and of `agreements`
    how many stand. The programme’s staff are told the rest of their page of the region.
    """

    name = serializers.ChoiceField(choices=list(NAMES))
    of = serializers.CharField(allow_blank=True, help_text="The sector, or the kind of partner, counted alone.")
    value = serializers.IntegerField(allow_null=True, help_text="Null where fewer than five states have said anything.")


class ObjectiveSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    name = serializers.CharField()
    figures = ObjectiveFigureSerializer(many=True)


class ObjectiveViewSet(Asked):
    """The programme's five objectives, with live figures."""

    model, serializer_class, pagination_class = MemberState, ObjectiveSerializer, None

    def rows(self, user: Any) -> QuerySet[Any]:
        return MemberState.objects.visible_to(user)

    @extend_schema(operation_id="objectives_list", responses=ObjectiveSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Figures of states are those of rounds that are over; for the programme’s staff, as they stand now."""
        told = [
            {"number": objective.value, "name": objective.label, "figures": list(figures)}
            for objective, figures in groupby(counted(request.user), key=lambda figure: figure.objective)
        ]
        return Response(ObjectiveSerializer(told, many=True).data)
