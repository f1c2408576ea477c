"""What came back on paper is kept, and matched to the note whose number is on it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from correspondence.matching import Match, match
from correspondence.models import Note, NoteScan
from correspondence.reminders import BROUGHT, officers_of
from csirt_network.actions.files import keep
from notices.outbox import post
from review.actions import Refused

Matched = NoteScan.Matched


@transaction.atomic
def bring_to(*, note: Note, upload: Any, by: Any) -> NoteScan:
    """On the page of the note, so there is nothing to match. Raises documents' Refused."""
    scan = keep(
        NoteScan(note=note, state_id=note.state_id, matched=Matched.PAGE, brought_by=by, matched_by=by), upload=upload
    )
    post(kind=BROUGHT, object_id=note.pk, people=set(officers_of()) - {by}, threshold=str(scan.pk))
    return scan


@transaction.atomic
def bring(*, upload: Any, typed: str, by: Any) -> NoteScan:
    """Matched by what was typed, else by the name of the file, else by its text; else it waits on the list."""
    found: Match = match(Note.objects.visible_to(by), typed=typed, upload=upload)
    scan = NoteScan(found=found.numbers[:200], brought_by=by)
    if found.note:
        scan.note, scan.state_id, scan.matched, scan.matched_by = found.note, found.note.state_id, found.way, by
    return keep(scan, upload=upload)


def match_by_hand(*, scan: NoteScan, note: Note, by: Any) -> None:
    """What waits, or what is with a wrong note: a number that was misread must not leave it before another state."""
    as_seen = NoteScan.objects.filter(pk=scan.pk, note=scan.note_id, put_aside_by=None)
    if not as_seen.update(note=note, state_id=note.state_id, matched=Matched.HAND, matched_by=by):
        raise Refused(_("This scan was matched or put aside meanwhile."))


def put_aside(*, scan: NoteScan, why: str, by: Any) -> None:
    """What waits, or what was brought to a note by mistake: its state reads it no more, and the note waits again."""
    as_seen = NoteScan.objects.filter(pk=scan.pk, note=scan.note_id, put_aside_by=None)
    apart: dict[str, Any] = {"note": None, "state": None, "matched": "", "matched_by": None}
    if not as_seen.update(put_aside_by=by, why_put_aside=why, **apart):
        raise Refused(_("This scan was matched or put aside meanwhile."))
