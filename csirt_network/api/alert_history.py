"""What an alert said before, and other words that were proposed for it: as its page shows them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.views import Asked
from csirt_network.actions.publishing import TEXTS
from csirt_network.earlier import earlier_of
from csirt_network.models import Alert, AlertVersion, Comment, Correction
from csirt_network.reads import note_reading
from csirt_network.views.finding import find_alert


class AlertVersionSerializer(serializers.ModelSerializer):
    class Meta:
        model = AlertVersion
        fields: tuple[str, ...] = ("number", "tlp", "at", "what_changed")
        extra_kwargs = {"tlp": {"help_text": "Under which it went out."}}


class EarlierIndicatorSerializer(serializers.Serializer):
    kind = serializers.CharField()
    value = serializers.CharField()
    note = serializers.CharField()


class EarlierAlertSerializer(AlertVersionSerializer):
    """It is replaced. Act on what the alert says now, and keep to the stricter of the two labels."""

    tlp_now = serializers.CharField(source="alert.tlp", read_only=True)
    texts = serializers.SerializerMethodField(help_text="By the names that they have in the alert.")
    products = serializers.CharField(source="snapshot.products", read_only=True)
    cves: Any = serializers.ListField(child=serializers.CharField(), source="snapshot.cves", read_only=True)
    indicators: Any = EarlierIndicatorSerializer(source="snapshot.indicators", many=True, read_only=True)

    class Meta(AlertVersionSerializer.Meta):
        fields = (*AlertVersionSerializer.Meta.fields, "tlp_now", "texts", "products", "cves", "indicators")

    def get_texts(self, version: AlertVersion) -> dict[str, str]:
        return {name: version.snapshot[name] for name in TEXTS}


class CorrectionSerializer(serializers.ModelSerializer):
    team = serializers.SlugField(source="team.slug", read_only=True)
    by = serializers.CharField(source="by.name", read_only=True)

    class Meta:
        model = Correction
        fields = (
            "id",
            "version",
            "team",
            "by",
            "at",
            "field",
            "before",
            "after",
            "reason",
            "is_accepted",
            "answer",
            "decided_at",
        )


class OfOneAlert(ListModelMixin, Asked):
    def alert(self) -> Alert:
        return find_alert(self.request._request, self.kwargs["pk"])


class AlertVersionViewSet(OfOneAlert):
    """When an alert went out, and again, and what changed in it."""

    model, serializer_class = AlertVersion, AlertVersionSerializer
    ordering = ("-number",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return AlertVersion.objects.visible_to(user).filter(alert=self.alert()).defer("snapshot")

    @extend_schema(responses=EarlierAlertSerializer, operation_id="alerts_version")
    def retrieve(self, request: Request, pk: int, number: int) -> Response:
        """An alert as it went out before, for whoever could read it then and may read it now. Recorded as the alert."""
        alert = self.alert()
        earlier = earlier_of(request.user, alert, str(number))
        if earlier is None:
            raise Http404
        note_reading(request._request, alert)
        return Response(EarlierAlertSerializer(earlier.version).data)


class CorrectionViewSet(OfOneAlert):
    """Other words that were proposed for an alert: those of your team, and all for whoever the alert comes from."""

    model, serializer_class = Correction, CorrectionSerializer
    ordering = ("-at", "-pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        return Correction.objects.visible_to(user).filter(alert=self.alert()).select_related("team", "by")


class CommentSerializer(serializers.ModelSerializer[Comment]):
    by = serializers.CharField(source="by.name", read_only=True)
    team: Any = serializers.SlugField(
        source="team.slug", read_only=True, default=None, allow_null=True, help_text="None: the programme, or a person."
    )
    text = serializers.SerializerMethodField(help_text="Empty once it was withdrawn.")

    class Meta:
        model = Comment
        fields = ("id", "at", "by", "team", "text", "withdrawn_at")

    def get_text(self, comment: Comment) -> str:
        return "" if comment.withdrawn_at else comment.text


class CommentViewSet(OfOneAlert):
    """What readers of an alert say of it to each other, under its label."""

    model, serializer_class = Comment, CommentSerializer
    ordering = ("at", "pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        alert = self.alert()
        note_reading(self.request._request, alert)
        return Comment.objects.visible_to(user).filter(alert=alert).select_related("team", "by")
