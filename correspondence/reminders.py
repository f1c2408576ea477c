"""Once a reply is overdue, officers are told: once, and once more after each ten working days.

What is due and not in the ledger (notices.Mail) yet is found anew each time: a worker that was away makes up for it.
"""

from accounts.models import User
from common.scope import PROGRAMME, scope
from correspondence.clock import clocks_of
from correspondence.models import Note
from notices.outbox import post

OVERDUE, BROUGHT = "note overdue", "note reply brought"
EVERY = 10  # working days


def remind() -> None:
    with scope(PROGRAMME, page="reminders"):
        late = list(Note.objects.overdue().without_reply().select_related("state"))
        clocks = clocks_of(late)
        officers = officers_of() if late else []
        for note in late:
            times = clocks[note.pk].late // EVERY
            post(kind=OVERDUE, object_id=note.pk, people=officers, threshold=f"late {times * EVERY}")


def officers_of() -> list[User]:
    return list(User.objects.with_staff_role("officer", "manager"))
