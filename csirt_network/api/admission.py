from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.api.views import Reading
from csirt_network.admission.clock import clock_of
from csirt_network.admission.steps import Stand
from csirt_network.admission_filter import ApplicationFilter
from csirt_network.models import Application, Approval


class ApprovalSerializer(serializers.ModelSerializer):
    step = serializers.CharField(read_only=True, help_text="sent, contact point, consent, documents, decision ...")
    by = serializers.CharField(source="by.name", read_only=True)

    class Meta:
        model = Approval
        fields = ("step", "turn", "verdict", "statement", "signatory", "signed_on", "by", "at")


class ClockSerializer(serializers.Serializer):
    """Counted by the calendar of the state."""

    used = serializers.IntegerField(help_text="Working days used.")
    of = serializers.IntegerField()
    due_on = serializers.DateField(allow_null=True, help_text="Null while the clock stands still.")
    answered_on = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField()
    has_calendar = serializers.BooleanField(help_text="False: only weekends and closed days are left out.")


class ApplicationSerializer(serializers.ModelSerializer):
    state = serializers.SlugField(source="state.slug", read_only=True)
    team = serializers.SlugField(source="team.slug", read_only=True, default=None, allow_null=True)
    name = serializers.CharField(source="team_name", read_only=True)
    kind = serializers.CharField(source="team_kind", read_only=True)
    stands = serializers.ChoiceField(choices=Stand.choices, read_only=True)
    approvals = ApprovalSerializer(many=True, read_only=True)

    class Meta:
        model = Application
        fields = (
            "id",
            "state",
            "team",
            "name",
            "kind",
            "head_name",
            "constituency",
            "stands",
            "stood_since",
            "sent_at",
            "meeting_on",
            "approvals",
        )


class ApplicationDetailSerializer(ApplicationSerializer):
    clock = serializers.SerializerMethodField()

    class Meta(ApplicationSerializer.Meta):
        fields = (*ApplicationSerializer.Meta.fields, "clock")  # type: ignore[assignment]

    @extend_schema_field(ClockSerializer(allow_null=True))
    def get_clock(self, application: Application) -> dict[str, Any] | None:
        clock = clock_of(application)
        return dict(ClockSerializer(clock).data) if clock else None


class ApplicationViewSet(Reading):
    """Applications to the network that you are a side of: those of your state, your own, or all for the programme."""

    model = Application
    filterset_class = ApplicationFilter
    ordering = ("-opened_at", "-pk")
    ordering_fields = ("opened_at", "sent_at")
    lookup_value_converter = "int"

    def get_serializer_class(self) -> Any:
        return ApplicationDetailSerializer if self.action == "retrieve" else ApplicationSerializer

    def rows(self, user: Any) -> QuerySet[Application]:
        return Application.objects.visible_to(user).whole()
