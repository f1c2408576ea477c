"""Whom public texts name at an agreement or an activity, with the title held then; read by whoever reads of it."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from action_plan.models import Activity
from common.api.views import Asked
from partnerships.models import Appearance


class AppearanceSerializer(serializers.ModelSerializer[Appearance]):
    name = serializers.CharField(source="person.name", read_only=True)
    title = serializers.CharField(read_only=True, help_text="As the text prints it.")
    part = serializers.ChoiceField(choices=Appearance.Part.choices, help_text="What the text says of the person.")
    source: Any = serializers.CharField(source="source.title", read_only=True, default=None, allow_null=True)

    class Meta:
        model = Appearance
        fields = ("name", "title", "organisation", "part", "source")


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH)]))
class PeopleOfActivityViewSet(ListModelMixin, Asked):
    """The people whom public texts name at an activity. To sign, to be there and to be quoted are different things."""

    model, serializer_class = Appearance, AppearanceSerializer
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        activity = get_object_or_404(Activity.objects.visible_to(user), slug=self.kwargs["slug"])
        found = Appearance.objects.visible_to(user).filter(activity=activity)
        return found.select_related("person", "source")
