"""Figures of the network for programs: those of its page, counted from what the token's owner may read."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.views import Asked
from csirt_network.figures import Figures
from csirt_network.models import Alert

WITHHELD = "Null where it is withheld: below five, for who is not of the network."


class FigureLineSerializer(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]  # of the line, not of this serializer
    number = serializers.IntegerField(allow_null=True, help_text=WITHHELD)


class FigureChartSerializer(serializers.Serializer):
    key = serializers.CharField(help_text="month, class, sector or country.")
    title = serializers.CharField()
    note = serializers.CharField(help_text="How it is counted.")
    lines = FigureLineSerializer(many=True)


class FigureRowSerializer(serializers.Serializer):
    label = serializers.CharField(help_text="An incident class.")  # type: ignore[assignment]  # as above
    numbers = serializers.ListField(
        child=serializers.IntegerField(allow_null=True), help_text=f"One for each column. {WITHHELD}"
    )


class FigureTableSerializer(serializers.Serializer):
    key = serializers.CharField(help_text="class-month, class-country or class-sector.")
    title = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    rows = FigureRowSerializer(many=True)


class AnswerTimesSerializer(serializers.Serializer):
    count = serializers.IntegerField(help_text="First answers of teams.")
    hours = serializers.FloatField(help_text="The median from publication to a team's first answer.")


class ExchangeSerializer(serializers.Serializer):
    team = serializers.SlugField(source="team.slug")
    received = serializers.IntegerField()
    answered = serializers.IntegerField()
    sent = serializers.IntegerField()
    sightings = serializers.IntegerField()


@extend_schema_serializer(many=False)
class NetworkFiguresSerializer(serializers.Serializer):
    since = serializers.DateTimeField()
    total = serializers.IntegerField(allow_null=True, help_text=WITHHELD)
    charts = FigureChartSerializer(many=True)
    tables = FigureTableSerializer(many=True)
    answers = AnswerTimesSerializer(allow_null=True, help_text="Null where nobody has answered, or for the public.")
    balance = ExchangeSerializer(many=True, help_text="Of your own teams; for the programme of all that are connected.")


class NetworkFiguresViewSet(Asked):
    """Alerts of the last twelve months, counted from what you may read; for the public from TLP:CLEAR, five and up."""

    model = Alert
    serializer_class = NetworkFiguresSerializer
    pagination_class = None

    @extend_schema(operation_id="network_figures", responses=NetworkFiguresSerializer)
    def list(self, request: Request) -> Response:
        found: Any = Figures(request.user, timezone.now())
        return Response(NetworkFiguresSerializer(found).data)
