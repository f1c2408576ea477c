from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from action_plan.models import AskedSupport
from action_plan.request_filter import RequestFilter
from common.api.views import Reading


class AskedSupportSerializer(serializers.ModelSerializer):
    state = serializers.SlugField(source="state.slug", read_only=True)
    is_from_update = serializers.SerializerMethodField()
    has_lapsed = serializers.BooleanField(
        read_only=True, help_text="It came from an update, and the state's profile asks for it no more."
    )
    activity = serializers.SerializerMethodField(help_text="Its slug, where you may read of it.")

    class Meta:
        model = AskedSupport
        fields = (
            "id",
            "state",
            "point",
            "need",
            "wanted_by",
            "status",
            "asked_at",
            "is_from_update",
            "has_lapsed",
            "activity",
        )

    def get_is_from_update(self, request: AskedSupport) -> bool:
        return request.update_id is not None

    def get_activity(self, request: AskedSupport) -> str | None:
        return getattr(request, "activity_slug", None)


class SupportViewSet(Reading):
    """Requests for support: those of your state, or of all states for the programme."""

    model = AskedSupport
    filterset_class = RequestFilter
    serializer_class = AskedSupportSerializer
    ordering = ("-asked_at", "-pk")
    ordering_fields = ("asked_at",)
    lookup_value_converter = "int"

    def rows(self, user: Any) -> QuerySet[AskedSupport]:
        return AskedSupport.objects.visible_to(user).with_activity(user).select_related("state")
