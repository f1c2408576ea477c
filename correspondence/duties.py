"""What of notes, scans and points of contact waits for officers (notices/duties.py)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from common.scope import reach_of
from correspondence.models import Note, NoteScan, PointOfContact
from correspondence.purposes import Purpose, Status
from correspondence.reminders import BROUGHT, OVERDUE
from correspondence.standing import states_without
from notices.duties import MOST, Duty, duty_kind

WRITES = "correspondence.write_notes"


def register() -> None:
    duty_kind(
        "notes to follow",
        heading=gettext_lazy("Notes verbales"),
        verb=pgettext_lazy("note verbale", "Take the next step"),
        find=notes_to_follow,
        page="note-list",
        mails=(OVERDUE, BROUGHT),
    )
    duty_kind(
        "scans to match",
        heading=gettext_lazy("Scanned replies that answer no note yet"),
        verb=pgettext_lazy("scan of a reply", "Match it"),
        find=scans_to_match,
        page="note-scans",
    )
    duty_kind(
        "points of contact",
        heading=gettext_lazy("Points of contact"),
        verb=gettext_lazy("Ask the states by a note"),
        find=contacts_to_ask_for,
        page="point-list",
    )


def notes_to_follow(person: Any) -> Iterator[Duty]:
    """Replies to be recorded, notes to be handed over, and replies that are overdue."""
    if not person.has_perm(WRITES):
        return
    own = reach_of(person).states
    seen = Note.objects.visible_to(person).exclude(state__in=own).with_reply_brought().select_related("state")
    waiting = seen.to_record() | seen.filter(status=Status.ISSUED) | seen.overdue()
    for note in waiting.order_by("reply_due_on", "issued_on", "pk")[: MOST + 1]:
        yield Duty(
            f"{note.spelled}: {note.get_purpose_display()}",
            note.get_absolute_url(),
            state=note.state,
            due_on=note.reply_due_on,
            since=note.issued_on,
            note=_to_do(note),
        )


def _to_do(note: Any) -> str:
    if note.has_scan:
        return _("The reply was brought. Read it and record it.")
    if note.status == Status.ISSUED:
        return _("Hand it over, and say when that was.")
    return _("No reply has come. Ask the mission.")


def scans_to_match(person: Any) -> Iterator[Duty]:
    if not person.has_perm("correspondence.match_scans"):
        return
    for scan in NoteScan.objects.visible_to(person).unmatched().order_by("brought_at", "pk")[: MOST + 1]:
        since = localtime(scan.brought_at).date()
        yield Duty(scan.name, reverse("note-scan-match", args=[scan.pk]), since=since)


def contacts_to_ask_for(person: Any) -> Iterator[Duty]:
    """States without any, and those who were not confirmed for a year; not while a note asks their state for them."""
    if not person.has_perm(WRITES):
        return
    asked = Note.objects.visible_to(person).with_clock().filter(purpose=Purpose.CONTACT_POINTS).values("state")
    own, page = reach_of(person).states, reverse("point-list")
    stale = PointOfContact.objects.visible_to(person).stale().exclude(state__in=own).exclude(state__in=asked)
    if number := stale.count():
        said = ngettext(
            "%(n)d point of contact was not confirmed for a year",
            "%(n)d points of contact were not confirmed for a year",
            number,
        )
        yield Duty(said % {"n": number}, f"{page}?standing=stale")
    if number := states_without(person).exclude(pk__in=own).exclude(pk__in=asked).count():
        said = ngettext("%(n)d state has no point of contact", "%(n)d states have no point of contact", number)
        yield Duty(said % {"n": number}, page)
