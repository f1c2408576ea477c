"""The maturity model: what is rated, and what each stage means."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django_filters import CharFilter, FilterSet
from rest_framework import serializers

from capability.api.filters import EditionFilter
from capability.models import Indicator, StageSentence
from common.api.views import Reading


class StageSentenceSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="get_stage_display", read_only=True)
    text = serializers.CharField(read_only=True)

    class Meta:
        model = StageSentence
        fields = ("stage", "name", "text")


class IndicatorSerializer(serializers.ModelSerializer):
    """In the language of the token's owner. The sentences are the programme's own words, not the model's."""

    edition = serializers.IntegerField(source="factor.dimension.edition.year", read_only=True)
    dimension = serializers.CharField(source="factor.dimension.slug", read_only=True)
    dimension_name = serializers.CharField(source="factor.dimension.name", read_only=True)
    factor = serializers.CharField(source="factor.code", read_only=True)
    factor_name = serializers.CharField(source="factor.name", read_only=True)
    name = serializers.CharField(read_only=True)
    question = serializers.CharField(source="factor.question", read_only=True)
    aspects = serializers.ListField(source="factor.aspect_list", child=serializers.CharField(), read_only=True)
    later_factor = serializers.CharField(source="crosswalk.code", read_only=True, default=None, allow_null=True)
    stages = StageSentenceSerializer(source="sentences", many=True, read_only=True)

    class Meta:
        model = Indicator
        fields = (
            "id",
            "edition",
            "number",
            "code",
            "name",
            "dimension",
            "dimension_name",
            "factor",
            "factor_name",
            "question",
            "aspects",
            "later_factor",
            "stages",
        )


class IndicatorFilter(FilterSet):
    edition = EditionFilter(field_name="factor__dimension__edition")
    dimension = CharFilter(field_name="factor__dimension__slug", help_text="Its slug.")
    factor = CharFilter(field_name="factor__code", help_text="Its code, such as D1.1.")

    class Meta:
        model = Indicator
        fields = ("edition", "dimension", "factor", "code")


class IndicatorViewSet(Reading):
    """The indicators of every edition of the maturity model, with a sentence for each stage."""

    model = Indicator
    serializer_class = IndicatorSerializer
    filterset_class = IndicatorFilter
    lookup_value_converter = "int"

    def rows(self, user: Any) -> QuerySet[Indicator]:
        sentences = Prefetch("sentences", StageSentence.objects.visible_to(user).order_by("stage"))
        related = Indicator.objects.visible_to(user).select_related("factor__dimension__edition", "crosswalk")
        return related.prefetch_related(sentences)
