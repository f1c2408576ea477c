"""Claims of networks and domains, and early warnings: the same rows and filters as their pages."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from common.api.views import Reading
from common.scope import reach_of
from exchange.filters.claims import ClaimFilter, WarningFilter
from exchange.models import AssetClaim, EarlyWarning


class ClaimSerializer(serializers.ModelSerializer[AssetClaim]):
    team = serializers.SlugField(source="team.slug", read_only=True)

    class Meta:
        model = AssetClaim
        fields = (
            "id",
            "team",
            "kind",
            "value",
            "note",
            "status",
            "asked_at",
            "decided_at",
            "reason",
            "ended_at",
            "why_ended",
        )


class ClaimViewSet(Reading):
    """What your team claims as its own; for the programme’s staff, what all teams do."""

    model, serializer_class, filterset_class = AssetClaim, ClaimSerializer, ClaimFilter
    lookup_value_converter = "int"
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return AssetClaim.objects.visible_to(user).select_related("team")


class WarningSerializer(serializers.ModelSerializer[EarlyWarning]):
    team = serializers.SlugField(source="team.slug", read_only=True)
    claim = serializers.SerializerMethodField(help_text="What is touched; empty for whoever is told as the back-up.")
    tlp = serializers.CharField(read_only=True, help_text="The label under which the item is held.")
    alert: Any = serializers.CharField(
        source="alert.code", read_only=True, default=None, allow_null=True, help_text="The number of an alert."
    )
    stix_id: Any = serializers.CharField(source="object.stix_id", read_only=True, default=None, allow_null=True)

    class Meta:
        model = EarlyWarning
        fields = (
            "id",
            "team",
            "claim",
            "kind",
            "value",
            "tlp",
            "alert",
            "stix_id",
            "found_at",
            "status",
            "handled_at",
        )

    def get_claim(self, warning: EarlyWarning) -> str:
        is_own = warning.team_id in reach_of(self.context["request"].user).teams
        return warning.claim.value if is_own else ""


class WarningViewSet(Reading):
    """What touches the networks and domains of your team, or of one whose back-up it is, in what you may read."""

    model, serializer_class, filterset_class = EarlyWarning, WarningSerializer, WarningFilter
    lookup_value_converter = "int"
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        # The claim is not joined: of a back-up the wall hides it, and a join would hide the warning too.
        return EarlyWarning.objects.visible_to(user).select_related("team", "alert", "object").prefetch_related("claim")
