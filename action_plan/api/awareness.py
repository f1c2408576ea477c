"""Materials of campaigns that are published: what a ministry's own site may offer on."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from rest_framework import serializers

from action_plan.api.of_activity import OfActivitySerializer
from action_plan.filters.awareness import MaterialFilter
from action_plan.models import Campaign, Material, MaterialFile, Reach
from common.api.views import Reading


class MaterialFileSerializer(serializers.ModelSerializer):
    address = serializers.SerializerMethodField(help_text="Where it is downloaded.")

    class Meta:
        model = MaterialFile
        fields = ("language", "name", "media_type", "size", "sha256", "address")

    def get_address(self, file: MaterialFile) -> str:
        return settings.SITE_URL + reverse("material-file", args=[file.token])


class MaterialSerializer(serializers.ModelSerializer):
    title = serializers.CharField(read_only=True)
    files: Any = MaterialFileSerializer(many=True, read_only=True, source="in_languages")

    class Meta:
        model = Material
        fields = ("id", "kind", "title", "published_at", "files")


class MaterialViewSet(Reading):
    """Posters, leaflets, guides and pictures of campaigns, with a file for each language there is."""

    model, serializer_class, filterset_class = Material, MaterialSerializer, MaterialFilter
    lookup_value_converter = "int"
    ordering = ("-published_at", "-pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        return Material.objects.visible_to(user).out().with_files(user)


class ReachedSerializer(serializers.ModelSerializer):
    """Figures of several channels are never added up: each may have reached the same people."""

    class Meta:
        model = Reach
        fields = ("channel", "number", "unit", "method", "note", "starts_on", "ends_on")


class CampaignSerializer(OfActivitySerializer):
    reached: Any = ReachedSerializer(source="reached_in_sight", many=True, read_only=True)
    materials = serializers.SerializerMethodField(help_text="The numbers of those that you may read.")

    class Meta:
        model = Campaign
        fields = (
            "slug",
            "title",
            "status",
            "starts_on",
            "ends_on",
            "message",
            "groups",
            "channels",
            "reached",
            "materials",
        )

    def get_materials(self, campaign: Any) -> list[int]:
        return [material.pk for material in campaign.materials_in_sight]


class CampaignViewSet(Reading):
    """Awareness campaigns, for whom they are and how they reach them; read by whoever reads of the activity."""

    model, serializer_class = Campaign, CampaignSerializer
    lookup_field, lookup_url_kwarg, lookup_value_converter = "activity__slug", "slug", "slug"
    ordering = ("-pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        materials = Material.objects.visible_to(user).order_by("pk")
        campaigns = Campaign.objects.visible_to(user).select_related("activity")
        return campaigns.prefetch_related(
            Prefetch("materials", materials, to_attr="materials_in_sight"),
            Prefetch("reached", Reach.objects.visible_to(user), to_attr="reached_in_sight"),
        )
