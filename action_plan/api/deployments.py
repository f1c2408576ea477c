"""How far the CSIRT of each state is: its own liaisons and the programme read it."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from action_plan.deployment_list import DeploymentFilter, DeploymentRows, deployments_for
from action_plan.models import Deployment
from common.api.views import Reading


class MilestoneSerializer(serializers.Serializer[Any]):
    step = serializers.SerializerMethodField(help_text="The last is network: told by the network itself.")
    name = serializers.CharField(source="label")
    reached = serializers.SerializerMethodField(help_text="A year, a month or a day; as exactly as it is known.")
    evidence = serializers.CharField(source="milestone.evidence", default="")
    link = serializers.CharField(source="milestone.link", default="")

    def get_step(self, stop: Any) -> str:
        return stop.code or "network"

    def get_reached(self, stop: Any) -> str | None:
        if stop.milestone:
            return str(stop.milestone.reached)
        return f"{stop.since:%Y-%m-%d}" if stop.since else None


class DeploymentSerializer(serializers.Serializer[Any]):
    state = serializers.SlugField(source="deployment.state.slug")
    team: Any = serializers.SlugField(source="deployment.team.slug", default=None, allow_null=True)
    started_at = serializers.DateTimeField(source="deployment.started_at")
    milestones: Any = MilestoneSerializer(source="stops", many=True)
    reached = serializers.IntegerField(help_text="How many of the six.")


class DeploymentViewSet(Reading):
    """Deployments of CSIRTs with their milestones and what proves each."""

    model, serializer_class, filterset_class = Deployment, DeploymentSerializer, DeploymentFilter
    lookup_field, lookup_url_kwarg, lookup_value_converter = "state__slug", "state", "slug"
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return deployments_for(user)

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        return list(DeploymentRows(self.request.user, super().paginate_queryset(queryset) or []))

    def get_object(self) -> Any:
        return next(iter(DeploymentRows(self.request.user, [super().get_object()])))
