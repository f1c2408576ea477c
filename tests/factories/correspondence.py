"""Notes verbales at each point of their life, and points of contact."""

from datetime import timedelta
from typing import Any

from common.days import today
from common.scope import Reach, scope
from correspondence.actions.notes import draft, hand_over, issue
from correspondence.models import Note, PointOfContact
from correspondence.purposes import Purpose


def make_note(
    state: Any,
    by: Any,
    *,
    status: str = "draft",
    purpose: str = "join",
    text: str = "",
    record: Any = None,
    days: int = 20,
    outcome: str = "agreed",
) -> Note:
    """As far as `status` says: draft, issued, sent, answered or cancelled."""
    with scope(Reach(staff=True, person=by.pk)):
        facts = {"record": record, "language": "en", "reply_days": days, "by": by}
        note = draft(purpose=Purpose(purpose), states=[state], **facts)[0]
        if text:
            Note.objects.filter(pk=note.pk).update(text=text)
        if status != "draft":
            issue(note=note, edited=0, by=by)
        if status in ("sent", "answered"):
            hand_over(note=note, on=today(), way="hand", by=by)
        if status == "answered":
            said = {"replied_on": today(), "outcome": outcome, "recorded_by": by}
            Note.objects.filter(pk=note.pk).update(status=status, **said)
        if status == "cancelled":
            Note.objects.filter(pk=note.pk).update(status=status, why_cancelled="A slip", cancelled_by=by)
        return Note.objects.select_related("state").get(pk=note.pk)


def make_contact(state: Any, by: Any, name: str = "Elena Enlace", **facts: Any) -> PointOfContact:
    day = today() - timedelta(days=30)
    whole = {"institution": "Ministry of the Interior", "email": "elena@example.org", "language": "es"}
    whole |= {"starts_on": day, "confirmed_on": day, "named_reference": "NV 7/2026"}
    with scope(Reach(staff=True, person=by.pk)):
        return PointOfContact.objects.create(state=state, name=name, recorded_by=by, **whole | facts)
