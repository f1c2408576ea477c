"""How the lists of notes and of points of contact are narrowed, on the page, in downloads and by programs."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import CharFilter, ChoiceFilter, FilterSet

from capability.api.filters import StateFilter
from common.days import today
from common.downloads import each, slices, where, whereabouts
from correspondence.clock import Clock, clocks_of
from correspondence.models import Note, PointOfContact
from correspondence.purposes import Purpose, Status

OF_LIST = {"label": gettext_lazy("Member state"), "empty_label": gettext_lazy("All"), "help_text": ""}
REPLY = (
    ("waiting", gettext_lazy("Waiting for a reply")),
    ("overdue", gettext_lazy("Reply overdue")),
    ("brought", gettext_lazy("Reply to be recorded")),
)
NARROWED = {"waiting": "with_clock", "overdue": "overdue", "brought": "to_record"}


class NoteFilter(FilterSet):
    state = StateFilter(**OF_LIST)
    purpose = ChoiceFilter(label=gettext_lazy("Purpose"), choices=Purpose.choices, empty_label=gettext_lazy("All"))
    status = ChoiceFilter(label=gettext_lazy("Status"), choices=Status.choices, empty_label=gettext_lazy("All"))
    reply = ChoiceFilter(label=gettext_lazy("Reply"), choices=REPLY, empty_label=gettext_lazy("All"), method="standing")

    class Meta:
        model = Note
        fields = ("state", "purpose", "status", "reply")

    def standing(self, notes: Any, _name: str, value: str) -> Any:
        return getattr(notes, NARROWED[value])()


STANDING = (
    ("current", gettext_lazy("Today")),
    ("stale", gettext_lazy("Not confirmed for a year")),
    ("former", gettext_lazy("Former")),
)


class ContactFilter(FilterSet):
    state = StateFilter(**OF_LIST)
    standing = ChoiceFilter(
        label=gettext_lazy("Standing"), choices=STANDING, empty_label=gettext_lazy("All"), method="stands"
    )
    name = CharFilter(label=gettext_lazy("Name"), lookup_expr="icontains")

    class Meta:
        model = PointOfContact
        fields = ("state", "standing", "name")

    def stands(self, contacts: Any, _name: str, value: str) -> Any:
        return getattr(contacts, value)()


def note_table(notes: QuerySet[Note]) -> Iterator[list[Any]]:
    yield [
        _("Number"), _("Member state"), _("Purpose"), _("About"), _("Language"), _("Status"), _("Date"),
        _("Handed over on"), _("Reply asked for by"), _("Working days left"), _("Date of the reply"), _("Outcome"),
        _("Number of the reply"), *where(),
    ]  # fmt: skip
    for note, clock in _with_clocks(notes):
        yield [
            note.spelled, str(note.state), note.get_purpose_display(), note.about,
            note.get_language_display(), note.get_status_display(), note.issued_on, note.sent_on, note.reply_due_on,
            clock.left if clock and clock.runs else "", note.replied_on,
            note.get_outcome_display() if note.outcome else "", note.reply_reference, *whereabouts(note),
        ]  # fmt: skip


def _with_clocks(notes: QuerySet[Note]) -> Iterator[tuple[Note, Clock | None]]:
    for some in slices(notes):
        clocks = clocks_of(some)
        yield from ((note, clocks.get(note.pk)) for note in some)


def contact_table(contacts: QuerySet[PointOfContact], *, reaches_former: bool = True) -> Iterator[list[Any]]:
    yield [
        _("Member state"), _("Name"), _("Post"), _("Institution"), _("E-mail address"), _("Telephone"),
        _("Language"), _("Since"), _("Until"), _("Confirmed on"), _("Named by"), _("Ended by"), *where(),
    ]  # fmt: skip
    for one in each(contacts):
        is_reached = reaches_former or one.ends_on is None or one.ends_on >= today()
        reached = [one.email, one.phone, one.get_language_display()] if is_reached else ["", "", ""]
        yield [
            str(one.state), one.name, one.post, one.institution, *reached, one.starts_on, one.ends_on,
            one.confirmed_on, one.named_reference, one.ended_reference, *whereabouts(one),
        ]  # fmt: skip
