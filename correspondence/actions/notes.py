"""The life of a note: composed, issued under a number, handed over, answered or cancelled."""

import secrets
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from action_plan.models import Nomination, PlanMove
from common.days import today
from correspondence.clock import due_on
from correspondence.composing import compose, language_for
from correspondence.deadlines import deadlines, updates_of
from correspondence.models import Note, NoteSerial, PointOfContact
from correspondence.paper import as_pdf
from correspondence.purposes import KINDS, WITH_CLOCK, Purpose, Status
from csirt_network.models.files import storage_name
from documents.actions import write_checked
from documents.checks import digest
from member_states.models import MemberState
from review.actions import Refused

DIGITS, LETTERS = "23456789", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without what is read as another (Crockford)


@transaction.atomic
def draft(
    *, purpose: Purpose, states: Iterable[MemberState], record: Any, language: str, reply_days: int, by: Any
) -> list[Note]:
    """One note for each state, in its own language where none is named."""
    found, standing = KINDS[purpose], PointOfContact.objects.visible_to(by).current()
    updates = updates_of(record, by) if purpose == Purpose.ROUND else {}
    notes = []
    for state in states:
        note = Note(state=state, purpose=purpose, reply_days=reply_days, made_by=by)
        note.language = language or language_for(state)
        if found.record:
            setattr(note, found.record, record)
        is_about = purpose == Purpose.CONTACT_POINTS
        note.text = compose(note, standing.filter(state=state) if is_about else (), updates.get(state.pk))
        note.save()
        notes.append(note)
    return notes


@transaction.atomic
def edit(*, note: Note, text: str, reply_days: int, edited: int) -> None:
    """Raises Refused when it was changed or issued meanwhile: what was typed is not lost, and neither is theirs."""
    waiting = Note.objects.filter(pk=note.pk, status=Status.DRAFT, edited=edited)
    if not waiting.update(text=text, reply_days=reply_days, edited=edited + 1):
        raise Refused(_("This note was changed or issued meanwhile. Open it again to see what stands in it now."))


@transaction.atomic
def discard(*, note: Note) -> None:
    """A draft has no number yet, so nothing is missing when it goes."""
    if not Note.objects.filter(pk=note.pk, status=Status.DRAFT).delete()[0]:
        raise Refused(_("This note was issued meanwhile. It can only be cancelled now."))


@transaction.atomic
def issue(*, note: Note, edited: int, by: Any) -> None:
    """Gives it the next number of the year and today's date, and keeps its PDF; raises Refused."""
    held = Note.objects.select_for_update(of=("self",)).whole().filter(pk=note.pk, status=Status.DRAFT).first()
    if held is None or held.edited != edited:
        raise Refused(_("This note was changed or issued meanwhile. Open it again to see what stands in it now."))
    day = today()
    held.year, held.number = day.year, next_number(day.year)
    held.code = new_code()
    held.issued_on, held.issued_by, held.status = day, by, Status.ISSUED
    held.reply_due_on = _reply_due_on(held, day, by) if held.reply_days else None
    _keep_pdf(held)
    held.save()


def _reply_due_on(note: Note, day: date, by: Any) -> date:
    """A draft that lay for some days asks for the reply by the last day that it names, no later."""
    due = due_on(note.state, day, note.reply_days)
    return min(due, deadlines(note.record, [note.state], by).get(note.state, due))


def next_number(year: int) -> int:
    """Without gaps or doubles: the row is held until the note is issued, or nothing has happened."""
    NoteSerial.objects.bulk_create([NoteSerial(year=year)], ignore_conflicts=True)
    NoteSerial.objects.filter(year=year).update(last=F("last") + 1)
    return NoteSerial.objects.get(year=year).last


def new_code() -> str:
    """Begins with a digit, so that no word behind a number is taken for one."""
    return secrets.choice(DIGITS) + "".join(secrets.choice(LETTERS) for _each in range(3))


def _keep_pdf(note: Note) -> None:
    made = as_pdf(note)
    note.name, note.media_type = f"{note.mark}.pdf", "application/pdf"
    note.size, note.sha256 = len(made), digest(BytesIO(made))
    note.content.name = storage_name(note, note.name)
    write_checked(SimpleUploadedFile(note.name, made), str(note.content.name))


def hand_over(*, note: Note, on: date, way: str, by: Any) -> None:
    issued = Note.objects.filter(pk=note.pk, status=Status.ISSUED)
    if not issued.update(status=Status.SENT, sent_on=on, sent_way=way, sent_by=by):
        raise Refused(_("This note was handed over, answered or cancelled already."))


def cancel(*, note: Note, why: str, by: Any) -> None:
    """The number stays with it, so that none is missing."""
    standing = Note.objects.filter(pk=note.pk, status__in=WITH_CLOCK)
    facts = {"cancelled_by": by, "cancelled_at": timezone.now(), "why_cancelled": why}
    if not standing.update(status=Status.CANCELLED, **facts):
        raise Refused(_("This note is a draft, answered or cancelled already, so it cannot be cancelled."))


def record_reply(*, note: Note, edited: int, by: Any, clock_runs: bool = False, **said: Any) -> None:
    """What follows from a reply is done where it belongs, by somebody: nothing happens by itself.

    With `clock_runs` it only said that the note arrived: that is kept, and the note waits for its reply.
    """
    waiting = Note.objects.filter(pk=note.pk, status__in=WITH_CLOCK, edited=edited)
    standing = {} if clock_runs else {"status": Status.ANSWERED}
    if not waiting.update(**standing, **_reply(by=by, **said), edited=edited + 1):
        raise Refused(_("A reply was recorded or the note was cancelled meanwhile. Open it again."))


@transaction.atomic
def correct_reply(*, note: Note, edited: int, by: Any, clock_runs: bool = False, **said: Any) -> None:
    """A slip of the pen, or a later reply. With `clock_runs` there was none yet, and the note waits again.

    What was done by the reply stands on its outcome, which stays.
    """
    held = Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if (clock_runs or said["outcome"] != held.outcome) and _was_followed(held, by):
        raise Refused(
            _("A plan was signed or people were entered by this reply, so its outcome stays. Correct the rest of it.")
        )
    answered = Note.objects.filter(pk=note.pk, status=Status.ANSWERED, edited=edited)
    before = Status.SENT if note.sent_on else Status.ISSUED
    standing = {"status": before} if clock_runs else {}
    if not answered.update(**standing, **_reply(by=by, **said), edited=edited + 1):
        raise Refused(_("This reply was corrected meanwhile, or the note waits for one. Open it again."))


def _was_followed(note: Note, by: Any) -> bool:
    done = (PlanMove, Nomination)
    return any(one.objects.visible_to(by).filter(paper=note.spelled).exists() for one in done if note.spelled)


def _reply(*, on: date, outcome: str, reference: str, said: str, by: Any) -> dict[str, Any]:
    facts = {"replied_on": on, "outcome": outcome, "reply_reference": reference, "reply_said": said}
    return facts | {"recorded_by": by, "recorded_at": timezone.now()}
