"""Materials of campaigns that are published: what a ministry's own site may offer on."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers

from action_plan.filters.awareness import MaterialFilter
from action_plan.models import Material, MaterialFile
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
