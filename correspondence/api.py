"""Notes verbales and points of contact: the same rows and filters as their pages."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers

from common.api.views import Reading
from common.days import today
from common.scope import reach_of
from correspondence.clock import clocks_of
from correspondence.filters import ContactFilter, NoteFilter
from correspondence.models import Note, PointOfContact

ACKNOWLEDGED = "While the clock runs: of what only said that the note arrived, as outcome, reference and words are."
REACHED = ("email", "phone", "language")
FORMER = "Null once the person is no point of contact any more, but for the programme’s staff."


class ReplyClockSerializer(serializers.Serializer[Any]):
    due_on = serializers.DateField()
    working_days_left = serializers.IntegerField(source="left", help_text="Below zero: so many days late.")
    runs = serializers.BooleanField(help_text="It stands still once there is an answer.")
    has_calendar = serializers.BooleanField(help_text="The public holidays of the state are known, and left out.")


class NoteSerializer(serializers.ModelSerializer[Note]):
    state = serializers.SlugField(source="state.slug", read_only=True)
    number: Any = serializers.CharField(
        source="spelled", read_only=True, help_text="As on the paper; empty for drafts."
    )
    mark: Any = serializers.CharField(read_only=True, help_text="Number and check code, as a reply may quote it.")

    about = serializers.CharField(read_only=True, help_text="What it is composed from, in words; empty: nothing.")
    clock: Any = ReplyClockSerializer(read_only=True, allow_null=True, help_text="Null where no reply is asked for.")
    pdf = serializers.SerializerMethodField(help_text="Where people download it; of a draft a preview.")

    class Meta:
        model = Note
        fields = (
            "id",
            "state",
            "purpose",
            "about",
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
            "clock",
            "why_cancelled",
            "pdf",
        )
        extra_kwargs: ClassVar = {"replied_on": {"help_text": ACKNOWLEDGED}}

    def get_pdf(self, note: Note) -> str:
        return settings.SITE_URL + reverse("note-pdf", args=[note.pk])


class NoteViewSet(Reading):
    """Notes verbales to your state; for the programme’s staff, those to all states, and drafts."""

    model, serializer_class, filterset_class = Note, NoteSerializer, NoteFilter
    lookup_value_converter = "int"
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return Note.objects.visible_to(user).whole()

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        return with_clocks(super().paginate_queryset(queryset) or [])

    def get_object(self) -> Any:
        return with_clocks([super().get_object()])[0]


def with_clocks(notes: Iterable[Any]) -> list[Any]:
    found = list(notes)
    clocks = clocks_of(found)
    for note in found:
        note.clock = clocks.get(note.pk)
    return found


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
        extra_kwargs: ClassVar = {
            name: {"read_only": True, "allow_null": True, "help_text": FORMER} for name in REACHED
        }

    def to_representation(self, contact: PointOfContact) -> dict[str, Any]:
        found = super().to_representation(contact)
        is_over = contact.ends_on is not None and contact.ends_on < today()
        if is_over and not reach_of(self.context["request"].user).staff:
            found |= dict.fromkeys(REACHED)
        return found


class ContactViewSet(Reading):
    """Points of contact of your state, also former ones; for the programme’s staff, of all states."""

    model, serializer_class, filterset_class = PointOfContact, PointOfContactSerializer, ContactFilter
    lookup_value_converter = "int"
    ordering = ("pk",)

    def rows(self, user: Any) -> QuerySet[Any]:
        return PointOfContact.objects.visible_to(user).select_related("state")
