"""How the house shows its fixed words: stages by name, statuses by icon, word and tint (one table)."""

from datetime import date
from typing import NamedTuple

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

register = template.Library()

STAGES: dict[int, str | Promise] = {
    1: _("Start-up"),
    2: _("Formative"),
    3: _("Established"),
    4: _("Strategic"),
    5: _("Dynamic"),
}


class Look(NamedTuple):
    """Tint is a class of `pill--…`, icon a name of the icon set."""

    tint: str
    icon: str
    word: str | Promise


STATUSES: dict[str, Look] = {
    "not_started": Look("neutral", "circle-dashed", _("Not started")),
    "in_progress": Look("info", "pencil", _("In progress")),
    "complete": Look("good", "check", _("Complete")),
    "cannot_start": Look("neutral", "lock", _("Cannot start yet")),
    "draft": Look("info", "pencil", _("In progress")),
    "submitted": Look("review", "send", _("Sent")),
    "sent": Look("review", "send", _("Sent")),
    "in_review": Look("review", "eye", _("In review")),
    "returned": Look("warn", "undo-2", _("Returned")),
    "accepted": Look("good", "check", _("Accepted")),
    "late": Look("bad", "circle-alert", _("Late")),
    "on_time": Look("good", "check", _("On time")),
    "missing": Look("neutral", "circle-dashed", _("Missing")),
    "not_due": Look("neutral", "clock", _("Not due yet")),
    "overdue": Look("bad", "circle-alert", _("Overdue")),
    "due_soon": Look("warn", "clock", _("Due soon")),
    "unconfirmed": Look("neutral", "circle-dashed", _("Not confirmed yet")),
    "confirmed": Look("good", "check", _("Still true")),
    "changed": Look("good", "check", _("Changed")),
    "not_decided": Look("neutral", "circle-dashed", _("Not decided")),
    "idea": Look("neutral", "lightbulb", _("Idea")),
    "planned": Look("neutral", "calendar", _("Planned")),
    "cancelled": Look("neutral", "ban", _("Cancelled")),
    "open": Look("info", "circle-dot", _("Open")),
    "closed": Look("neutral", "lock", _("Closed")),
    "on track": Look("info", "circle-dashed", pgettext_lazy("commitment", "On track")),
    "delivered": Look("good", "check", pgettext_lazy("commitment", "Delivered")),
    "expected": Look("neutral", "clock", pgettext_lazy("instalment", "Expected")),
    "received": Look("good", "check", pgettext_lazy("instalment", "Received")),
    "under_way": Look("info", "circle-dashed", _("Under way")),
    "done": Look("good", "check", _("Done")),
    "under way": Look("info", "circle-dashed", _("Under way")),
    "asked": Look("review", "send", _("Asked")),
    "ordered": Look("info", "gavel", _("Ordered")),
    "implemented": Look("good", "check", _("Implemented")),
    "not followed": Look("neutral", "ban", _("Not followed")),
    "uploading": Look("info", "upload", _("Uploading")),
    "checking": Look("info", "clock", _("Being checked")),
    "queued": Look("neutral", "clock", _("Queued")),
    "running": Look("info", "loader", _("Being made")),
    "ready": Look("good", "check", _("Ready")),
    "failed": Look("bad", "circle-x", _("Failed")),
    "refused": Look("bad", "circle-x", _("Refused")),
    "arrived": Look("good", "check", _("Arrived")),
    "active": Look("good", "check", _("Active")),
    "paused": Look("neutral", "pause", _("Paused")),
    "stopped": Look("bad", "circle-x", _("Stopped")),
    "invited": Look("info", "mail", _("Invited")),
    "never_signed_in": Look("warn", "clock", _("Never signed in")),
    "ended": Look("neutral", "circle-minus", _("Ended")),
    "revoked": Look("neutral", "ban", _("Revoked")),
    "withdrawn": Look("neutral", "ban", _("Withdrawn")),
    "nominated": Look("review", "user-plus", _("Nominated")),
    "selected": Look("good", "check", _("Selected")),
    "waiting": Look("warn", "clock", _("On the waiting list")),
    "not selected": Look("neutral", "circle-minus", _("Not selected")),
    "valid": Look("good", "check", _("Valid")),
    "reported": Look("neutral", "file-text", _("Reported")),
    "unknown": Look("neutral", "circle-minus", _("Unknown")),
    "none": Look("neutral", "minus", _("None")),
    "in_preparation": Look("info", "pencil", _("In preparation")),
    "in_force": Look("good", "check", _("In force")),
    "under_revision": Look("info", "pencil", _("Under revision")),
    "expired": Look("warn", "clock", _("Expired")),
    "being_set_up": Look("info", "circle-dashed", _("Being set up")),
    "operational": Look("good", "check", _("Operational")),
    "participating": Look("good", "check", _("Participating")),
    "not_participating": Look("neutral", "minus", _("Not participating")),
    "suspended": Look("warn", "pause", _("Suspended")),
    "plan_draft": Look("info", "pencil", _("Draft")),
    "plan_agreed": Look("good", "signature", _("Agreed by the state")),
    "plan_active": Look("good", "check", _("Active")),
    "plan_closed": Look("neutral", "lock", _("Closed")),
    "offered": Look("warn", "clock", _("Waits for the state")),
    "not_needed": Look("neutral", "minus", _("Not needed")),
    "agreement draft": Look("info", "pencil", _("Draft")),
    "agreement negotiation": Look("info", "messages-square", _("In negotiation")),
    "agreement signed": Look("good", "signature", _("Signed")),
    "agreement in force": Look("good", "check", _("In force")),
    "agreement end not stated": Look("info", "circle-dashed", _("End not stated")),
    "agreement expired": Look("warn", "clock", _("Expired")),
    "agreement ended": Look("neutral", "circle-minus", _("Ended")),
    "agreement renewed": Look("neutral", "refresh-cw", _("Renewed")),
    "approved": Look("good", "check", pgettext_lazy("claim", "Approved")),
    "warning new": Look("warn", "circle-alert", pgettext_lazy("early warning", "New")),
    "warning looking": Look("info", "eye", pgettext_lazy("early warning", "We look into it")),
    "warning done": Look("good", "check", pgettext_lazy("early warning", "Done")),
    "warning false": Look("neutral", "ban", pgettext_lazy("early warning", "False alarm")),
    "note draft": Look("info", "pencil", pgettext_lazy("note verbale", "Draft")),
    "note issued": Look("warn", "printer", pgettext_lazy("note verbale", "Issued")),
    "note sent": Look("review", "send", pgettext_lazy("note verbale", "Handed over")),
    "note answered": Look("good", "check", pgettext_lazy("note verbale", "Answered")),
    "note cancelled": Look("neutral", "ban", pgettext_lazy("note verbale", "Cancelled")),
    "disputed": Look("warn", "circle-alert", _("Disputed")),
}


@register.filter
def look(status: object) -> Look:
    """The look of a status by its code; a code without one is shown as it is, in grey."""
    code = str(status)
    return STATUSES.get(code, Look("neutral", "circle-dot", code))


@register.filter
def stage_name(stage: int | None) -> str | Promise:
    return STAGES.get(int(stage), "") if stage else _("No data")


@register.filter
def initials(name: str) -> str:
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def days_until(day: date | None) -> int | None:
    """Whole days from today, in the reader's time zone; negative once the day has passed."""
    return (day - timezone.localdate()).days if day else None


@register.filter
def absolute(number: int) -> int:
    return abs(number)


@register.filter
def up_to(number: int | None) -> range:
    """1 to the number, for a row of blocks."""
    return range(1, int(number or 0) + 1)
