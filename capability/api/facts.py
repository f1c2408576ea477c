"""What is known of a state beside its stages: reported by a source until the state confirms it."""

from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet
from rest_framework import serializers

from capability.api.filters import StateFilter
from capability.models import CsirtStatus, ExternalIndex, Law, StrategyStatus, SupportRequest, ThreatLevel
from capability.reads import note_facts
from common.api.views import Reading


class PublishedSerializer(serializers.ModelSerializer):
    state = serializers.SlugField(source="state.slug", read_only=True)
    source: Any = serializers.CharField(source="source.title", read_only=True, default=None, allow_null=True)

    class Meta:
        fields: tuple[str, ...] = ("id", "state", "source", "source_note")


class FactSerializer(PublishedSerializer):
    is_confirmed = serializers.BooleanField(read_only=True, help_text="The state said it in an accepted update.")

    class Meta:
        fields = (*PublishedSerializer.Meta.fields, "as_of", "is_confirmed", "audience")


class CsirtSerializer(FactSerializer):
    class Meta:
        model = CsirtStatus
        fields = (
            *FactSerializer.Meta.fields,
            "status",
            "name",
            "short_name",
            "host",
            "website",
            "established",
            "constituency",
            "answers_day_and_night",
            "is_national",
        )


class StrategySerializer(FactSerializer):
    class Meta:
        model = StrategyStatus
        fields = (*FactSerializer.Meta.fields, "step", "in_force", "title", "adopted", "later_versions", "link")


class ThreatSerializer(FactSerializer):
    threat = serializers.SlugField(source="threat.code", read_only=True)
    threat_name = serializers.CharField(source="threat.name", read_only=True)

    class Meta:
        model = ThreatLevel
        fields = (*FactSerializer.Meta.fields, "threat", "threat_name", "level", "trend")


class RequestSerializer(FactSerializer):
    point_name = serializers.CharField(source="get_point_display", read_only=True)

    class Meta:
        model = SupportRequest
        fields = (*FactSerializer.Meta.fields, "point", "point_name", "need", "answer")


class IndexSerializer(PublishedSerializer):
    class Meta:
        model = ExternalIndex
        fields = (*PublishedSerializer.Meta.fields, "kind", "edition", "score", "scale", "rank", "tier")


class LawSerializer(PublishedSerializer):
    class Meta:
        model = Law
        fields = (*PublishedSerializer.Meta.fields, "kind", "name", "year", "confidence")


class ByState(FilterSet):
    state = StateFilter()


class CsirtFilter(ByState):
    class Meta:
        model = CsirtStatus
        fields = ("state", "status", "is_national")


class StrategyFilter(ByState):
    class Meta:
        model = StrategyStatus
        fields = ("state", "step", "in_force")


class ThreatFilter(ByState):
    class Meta:
        model = ThreatLevel
        fields = ("state", "level")


class RequestFilter(ByState):
    class Meta:
        model = SupportRequest
        fields = ("state", "point", "answer")


class IndexFilter(ByState):
    class Meta:
        model = ExternalIndex
        fields = ("state", "kind")


class LawFilter(ByState):
    class Meta:
        model = Law
        fields = ("state", "kind")


class Published(Reading):
    lookup_value_converter = "int"

    def rows(self, user: Any) -> QuerySet[Any]:
        return self.model.objects.visible_to(user).select_related("state", "source")


class Facts(Published):
    def rows(self, user: Any) -> QuerySet[Any]:
        return super().rows(user).filter(is_current=True)

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        note_facts(self.request._request, page or [])
        return page

    def get_object(self) -> Any:
        fact = super().get_object()
        note_facts(self.request._request, [fact])
        return fact


class CsirtViewSet(Facts):
    """The CSIRTs of each state."""

    model, serializer_class, filterset_class = CsirtStatus, CsirtSerializer, CsirtFilter


class StrategyViewSet(Facts):
    """Where each state's national strategy stands."""

    model, serializer_class, filterset_class = StrategyStatus, StrategySerializer, StrategyFilter


class ThreatViewSet(Facts):
    """How far each kind of threat reaches in a state."""

    model, serializer_class, filterset_class = ThreatLevel, ThreatSerializer, ThreatFilter

    def rows(self, user: Any) -> QuerySet[Any]:
        return super().rows(user).select_related("threat")


class RequestViewSet(Facts):
    """What each state asked the programme for."""

    model, serializer_class, filterset_class = SupportRequest, RequestSerializer, RequestFilter


class IndexViewSet(Published):
    """Figures of indices of others, by edition."""

    model, serializer_class, filterset_class = ExternalIndex, IndexSerializer, IndexFilter


class LawViewSet(Published):
    """Laws and conventions, as published."""

    model, serializer_class, filterset_class = Law, LawSerializer, LawFilter
