"""Sharing groups, and what a team's description was before: as their pages show them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from common.api.views import Asked, Reading
from csirt_network.models import ProfileVersion, SharingGroup, Team
from csirt_network.sharing_groups import Shown, teams_shown


class SharingGroupSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField(source="group.slug")
    name = serializers.CharField(source="group.name")
    purpose = serializers.CharField(source="group.purpose")
    ends_on = serializers.DateField(source="group.ends_on", allow_null=True)
    hides_members = serializers.BooleanField(source="group.hides_members", help_text="From each other.")
    is_whole = serializers.BooleanField(source="whole", help_text="Whether these are all of its teams.")
    teams = serializers.SerializerMethodField(help_text="Those that may be named to you.")

    def get_teams(self, shown: Shown) -> list[str]:
        return [team.slug for team in shown.teams]


class SharingGroupViewSet(Reading):
    """The sharing groups that your teams are in; for the programme’s staff all."""

    model, serializer_class = SharingGroup, SharingGroupSerializer
    permission = "csirt_network.view_groups"
    lookup_field, lookup_value_converter = "slug", "slug"
    ordering = ("slug",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return SharingGroup.objects.visible_to(user)

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        return list(teams_shown(self.request.user, super().paginate_queryset(queryset) or []))

    def get_object(self) -> Any:
        return teams_shown(self.request.user, [super().get_object()])[0]


class ProfileVersionSerializer(serializers.ModelSerializer[ProfileVersion]):
    made_by = serializers.CharField(source="made_by.name", read_only=True)

    class Meta:
        model = ProfileVersion
        fields = ("number", "made_by", "made_at", "address", "texts")


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH)]))
class ProfileVersionViewSet(ListModelMixin, Asked):
    """What a team said of itself before, version by version: for the team, its state and the programme’s staff."""

    model, serializer_class = ProfileVersion, ProfileVersionSerializer
    ordering = ("-number",)

    def rows(self, user: Any) -> QuerySet[Any]:
        team = Team.objects.visible_to(user).filter(slug=self.kwargs["slug"]).first()
        if team is None:
            raise Http404
        if not user.has_perm("csirt_network.see_history", team):
            raise PermissionDenied
        return ProfileVersion.objects.visible_to(user).filter(team=team).select_related("made_by")
