"""What waits for whoever holds the token, for programs: the page "My turn"."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.views import Asked
from notices.duties import MOST, Duty, Turn, turn_of
from notices.models import Mail


class DutySerializer(serializers.Serializer):
    what = serializers.CharField()
    state = serializers.SlugField(source="state.slug", default=None, allow_null=True)
    due_on = serializers.DateField(allow_null=True, help_text="Null where nobody set a date.")
    since = serializers.DateField(allow_null=True, help_text="The day since when it waits, as far as that is kept.")
    is_late = serializers.BooleanField()
    note = serializers.CharField()
    tlp = serializers.CharField(help_text="The label that this is under; empty where it has none.")
    url = serializers.SerializerMethodField(help_text="Where it is done.")

    def get_url(self, duty: Duty) -> str:
        return settings.SITE_URL + duty.link


class DutyGroupSerializer(serializers.Serializer):
    kind = serializers.CharField(source="kind.name")
    heading = serializers.CharField(source="kind.heading")
    verb = serializers.CharField(source="kind.verb", help_text="What is to be done.")
    has_more = serializers.BooleanField(help_text=f"More wait than the {MOST} that are given.")
    duties = DutySerializer(many=True)


@extend_schema_serializer(many=False)
class TurnSerializer(serializers.Serializer):
    count = serializers.IntegerField(help_text="Of those that are given.")
    late = serializers.IntegerField()
    groups = DutyGroupSerializer(many=True)


class TurnViewSet(Asked):
    """Duties of every kind, the most urgent first. Read in the language of the account."""

    model = Mail  # of no table of its own
    serializer_class = TurnSerializer
    pagination_class = None

    @extend_schema(operation_id="my_turn", responses=TurnSerializer)
    def list(self, request: Request) -> Response:
        found: Turn | Any = turn_of(request.user)
        return Response(TurnSerializer(found).data)
