"""Sources, and links that broke, as their pages show them."""

from typing import Any

from django.db.models import QuerySet
from django_filters import BooleanFilter, CharFilter, FilterSet
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from common.api.views import Asked, Reading
from documents.models import Link, Source


class SourceSerializer(serializers.ModelSerializer[Source]):
    class Meta:
        model = Source
        fields = ("key", "title", "publisher", "dated", "reference", "link", "licence", "caution")


class SourceFilter(FilterSet):
    publisher = CharFilter(lookup_expr="icontains", help_text="A part of its name.")

    class Meta:
        model = Source
        fields = ("publisher",)


class SourceViewSet(Reading):
    """Where published figures and facts come from, each with its date as stated and what to be careful of."""

    model, serializer_class, filterset_class = Source, SourceSerializer, SourceFilter
    lookup_field, lookup_url_kwarg, lookup_value_converter = "key", "slug", "slug"
    ordering = ("key",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return Source.objects.visible_to(user)


class LinkSerializer(serializers.ModelSerializer[Link]):
    is_broken = serializers.BooleanField(read_only=True)

    class Meta:
        model = Link
        fields = ("id", "url", "host", "checked_at", "status", "is_refused", "failed_since", "failures", "is_broken")


class LinkFilter(FilterSet):
    host = CharFilter(help_text="The name of a server.")
    is_refused = BooleanFilter()

    class Meta:
        model = Link
        fields = ("host", "is_refused")


class LinkViewSet(ListModelMixin, Asked):
    """Links of answers that could not be reached, the longest first."""

    model, serializer_class, filterset_class = Link, LinkSerializer, LinkFilter
    permission = "documents.view_broken_links"
    ordering = ("failed_since", "pk")

    def rows(self, user: Any) -> QuerySet[Any]:
        return Link.objects.visible_to(user).exclude(failed_since=None)
