from typing import Any

from django.db.models import Prefetch, QuerySet
from django_filters import FilterSet
from rest_framework import serializers

from action_plan.api.of_activity import OfActivitySerializer
from action_plan.models import Expertise, ExpertiseNeed
from capability.api.filters import StateFilter
from common.api.views import Reading


class ExpertiseSerializer(OfActivitySerializer):
    state = serializers.SlugField(source="state.slug", read_only=True)
    factors = serializers.SerializerMethodField(help_text="The codes of what help is needed with.")

    class Meta:
        model = Expertise
        fields = ("slug", "title", "state", "status", "starts_on", "ends_on", "task", "languages", "factors")

    def get_factors(self, expertise: Any) -> list[str]:
        return [need.factor.code for need in expertise.needs_in_sight]


class ExpertiseFilter(FilterSet):
    state = StateFilter()

    class Meta:
        model = Expertise
        fields = ("state",)


class ExpertiseViewSet(Reading):
    """Requests for expertise: the own state’s, and for the programme’s staff all. Who is sent is not told here."""

    model, serializer_class, filterset_class = Expertise, ExpertiseSerializer, ExpertiseFilter
    permission = "action_plan.view_expertise"
    lookup_field, lookup_url_kwarg, lookup_value_converter = "activity__slug", "slug", "slug"
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        needs = ExpertiseNeed.objects.visible_to(user).select_related("factor").order_by("factor")
        asked = Expertise.objects.visible_to(user).select_related("activity", "state")
        return asked.prefetch_related(Prefetch("needs", needs, to_attr="needs_in_sight"))
