"""The library, as its pages show it: what the labels let the token's owner read."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from rest_framework import serializers

from common.api.views import Reading
from csirt_network.filters import LibraryFilter
from csirt_network.models import LibraryFile, LibraryItem


class LibraryFileSerializer(serializers.ModelSerializer):
    version = serializers.IntegerField(source="version.number", read_only=True)
    address = serializers.SerializerMethodField(help_text="Where it is downloaded, or published.")

    class Meta:
        model = LibraryFile
        fields = ("version", "language", "name", "media_type", "size", "sha256", "address")

    def get_address(self, file: LibraryFile) -> str:
        return file.link or settings.SITE_URL + reverse("library-file", args=[file.token])


class LibraryItemSerializer(serializers.ModelSerializer):
    title = serializers.CharField(source="heading", read_only=True)
    summary = serializers.CharField(source="about", read_only=True)
    from_team: Any = serializers.SlugField(
        source="from_team.slug", read_only=True, default=None, allow_null=True, help_text="None: the programme."
    )
    version = serializers.IntegerField(source="latest", read_only=True)
    files: Any = LibraryFileSerializer(many=True, read_only=True, source="files_in_sight")

    class Meta:
        model = LibraryItem
        fields = (
            "id",
            "tlp",
            "kind",
            "title",
            "summary",
            "from_team",
            "version",
            "published_at",
            "updated_at",
            "languages",
            "topics",
            "rsit",
            "sim3",
            "sim3_level",
            "point",
            "files",
        )


class LibraryViewSet(Reading):
    """Guides, templates, exercises and good practices. Every item says its TLP label: keep to it."""

    model, serializer_class, filterset_class = LibraryItem, LibraryItemSerializer, LibraryFilter
    lookup_value_converter = "int"
    ordering = ("-updated_at", "-pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        files = LibraryFile.objects.visible_to(user).select_related("version").order_by("-version__number", "language")
        items = LibraryItem.objects.visible_to(user).standing().select_related("from_team")
        return items.prefetch_related(Prefetch("files", files, to_attr="files_in_sight"))
