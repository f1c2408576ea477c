"""Notes verbales and points of contact: the same rows and filters as their pages."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from common.api.views import Reading
from correspondence.filters import ContactFilter, NoteFilter
from correspondence.models import Note, PointOfContact


class NoteSerializer(serializers.ModelSerializer[Note]):
    state = serializers.SlugField(source="state.slug", read_only=True)
    number: Any = serializers.CharField(
        source="spelled", read_only=True, help_text="As on the paper; empty for drafts."
    )
    mark: Any = serializers.CharField(read_only=True, help_text="Number and check code, as a reply may quote it.")

    class Meta:
        model = Note
        fields = (
            "id",
            "state",
            "purpose",
            "language",
            "status",
            "number",
            "mark",
            "text",
            "issued_on",
            "reply_due_on",
            "sent_on",
            "sent_way",
            "replied_on",
            "outcome",
            "reply_reference",
            "reply_said",
        )


class NoteViewSet(Reading):
    """Notes verbales to your state; for the programme’s staff, those to all states, and drafts."""

    model, serializer_class, filterset_class = Note, NoteSerializer, NoteFilter
    lookup_value_converter = "int"
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return Note.objects.visible_to(user).select_related("state")


class PointOfContactSerializer(serializers.ModelSerializer[PointOfContact]):
    state = serializers.SlugField(source="state.slug", read_only=True)

    class Meta:
        model = PointOfContact
        fields = (
            "id",
            "state",
            "name",
            "post",
            "institution",
            "email",
            "phone",
            "language",
            "starts_on",
            "ends_on",
            "confirmed_on",
            "named_reference",
            "ended_reference",
        )


class ContactViewSet(Reading):
    """Points of contact of your state, also former ones; for the programme’s staff, of all states."""

    model, serializer_class, filterset_class = PointOfContact, PointOfContactSerializer, ContactFilter
    lookup_value_converter = "int"
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return PointOfContact.objects.visible_to(user).select_related("state")
