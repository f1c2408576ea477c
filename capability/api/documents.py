"""The documents of one state's answers, as they were sent."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django_filters import BooleanFilter, CharFilter, FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from capability.api.filters import RoundFilter
from capability.models import Evidence
from common.api.views import Asked
from common.scope import reach_of
from member_states.models import MemberState


class DocumentSerializer(serializers.ModelSerializer):
    """Without its content, which is not served to programs."""

    question = serializers.CharField(source="answer.question", read_only=True)
    round = serializers.SlugField(source="answer.update.round.slug", read_only=True)
    added_by = serializers.CharField(source="added_by.name", read_only=True)
    file = serializers.CharField(source="file.name", read_only=True, default=None, allow_null=True)
    media_type = serializers.CharField(source="file.media_type", read_only=True, default=None, allow_null=True)
    size = serializers.IntegerField(source="file.size", read_only=True, default=None, allow_null=True)
    sha256 = serializers.CharField(source="file.sha256", read_only=True, default=None, allow_null=True)
    withdrawn_at = serializers.DateTimeField(
        source="file.withdrawn_at", read_only=True, default=None, allow_null=True, help_text="Its name stays."
    )
    withdrawn_because = serializers.CharField(source="file.withdrawn_because", read_only=True, default="")

    class Meta:
        model = Evidence
        fields = (
            "id",
            "question",
            "round",
            "title",
            "link",
            "file",
            "media_type",
            "size",
            "sha256",
            "added_by",
            "added_at",
            "withdrawn_at",
            "withdrawn_because",
        )


class DocumentFilter(FilterSet):
    round = RoundFilter(field_name="answer__update__round")
    question = CharFilter(field_name="answer__question")
    is_file = BooleanFilter(field_name="file", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Evidence
        fields = ("round", "question", "is_file")


STATE = OpenApiParameter("state", OpenApiTypes.STR, "path", description="Its slug.")


@extend_schema_view(list=extend_schema(parameters=[STATE]))
class DocumentViewSet(ListModelMixin, Asked):
    """Files and links of the state's answers, once for each time they were sent: for the state and for staff."""

    model, serializer_class, filterset_class = Evidence, DocumentSerializer, DocumentFilter
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Evidence]:
        state = MemberState.objects.visible_to(user).filter(slug=self.kwargs["state"]).first()
        if state is None or not (reach_of(user).staff or state.pk in reach_of(user).states):
            raise Http404
        sent = Evidence.objects.visible_to(user).filter(state=state)
        return sent.select_related("file", "added_by", "answer__update__round")
