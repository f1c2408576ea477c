"""What officers are told of notes, asked in the reach of whoever gets it. Texts: templates/emails."""

from typing import Any

from correspondence.models import Note
from correspondence.reminders import BROUGHT, OVERDUE
from notices.kinds import mail_kind


def register() -> None:
    mail_kind(OVERDUE, find=overdue_note, template="emails/note_overdue")
    mail_kind(BROUGHT, find=brought_reply, template="emails/note_brought")


def overdue_note(person: Any, pk: int) -> Note | None:
    """While nothing has come, for whoever may record it."""
    note = Note.objects.visible_to(person).overdue().without_reply().select_related("state").filter(pk=pk).first()
    return note if note and _may_handle(person, note) else None


def brought_reply(person: Any, pk: int) -> Note | None:
    note = Note.objects.visible_to(person).to_record().select_related("state").filter(pk=pk).first()
    return note if note and _may_handle(person, note) else None


def _may_handle(person: Any, note: Note) -> bool:
    return person.has_perm("correspondence.handle_note", note)
