"""Answers: the profile of each state, as far as it shares it, and what was sent in an update."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django_filters import CharFilter, FilterSet
from rest_framework import serializers

from capability.api.filters import EditionFilter, StageFilter, StateFilter
from capability.models import Answer, Evidence
from capability.reads import note_answers
from common.api.views import Reading


class EvidenceSerializer(serializers.ModelSerializer):
    file = serializers.CharField(source="file.name", read_only=True, default=None, allow_null=True)
    is_withdrawn = serializers.BooleanField(read_only=True, help_text="The state withdrew the file; its name stays.")

    class Meta:
        model = Evidence
        fields = ("title", "link", "file", "is_withdrawn")


class SaidSerializer(serializers.ModelSerializer):
    """What is answered to one question. Proof is seen by the state itself and by the programme's staff."""

    stage_name = serializers.CharField(source="get_stage_display", read_only=True, allow_null=True)
    facts = serializers.DictField(read_only=True)
    evidence = EvidenceSerializer(many=True, read_only=True)

    class Meta:
        model = Answer
        fields = ("question", "stage", "stage_name", "facts", "text", "is_still_true", "evidence")


class AnswerSerializer(SaidSerializer):
    state = serializers.SlugField(source="state.slug", read_only=True)
    edition = serializers.IntegerField(source="update.edition.year", read_only=True)
    round = serializers.SlugField(source="update.round.slug", read_only=True, default=None, allow_null=True)
    accepted_at = serializers.DateTimeField(source="update.accepted_at", read_only=True, allow_null=True)
    indicator = serializers.IntegerField(source="indicator_id", read_only=True, allow_null=True)

    class Meta:
        model = Answer
        fields = (
            "id",
            "state",
            "edition",
            "round",
            "accepted_at",
            "indicator",
            *SaidSerializer.Meta.fields,
            "audience",
        )


class AnswerFilter(FilterSet):
    state = StateFilter()
    edition = EditionFilter(field_name="update__edition")
    question = CharFilter(help_text="Its code, such as D1.1, csirt, strategy, threats or requests.")
    stage = StageFilter()

    class Meta:
        model = Answer
        fields = ("state", "edition", "question", "stage")


class AnswerViewSet(Reading):
    """The current profile: of each state and question what was accepted last."""

    model = Answer
    serializer_class = AnswerSerializer
    filterset_class = AnswerFilter
    lookup_value_converter = "int"

    def rows(self, user: Any) -> QuerySet[Answer]:
        profile = Answer.objects.visible_to(user).current().select_related("state", "update__edition", "update__round")
        return with_evidence(profile, user)

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        note_answers(self.request._request, page or [])
        return page

    def get_object(self) -> Answer:
        answer: Answer = super().get_object()
        note_answers(self.request._request, [answer])
        return answer


def with_evidence(answers: QuerySet[Answer], user: Any) -> QuerySet[Answer]:
    return answers.prefetch_related(Prefetch("evidence", Evidence.objects.visible_to(user).select_related("file")))
