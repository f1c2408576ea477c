"""What becomes of a note: amended, issued, handed over, answered, cancelled."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from common.days import today
from common.scope import reach_of
from correspondence.actions import notes as actions
from correspondence.forms.notes import (
    CancelForm,
    HandOverForm,
    IssueForm,
    IssueSeveralForm,
    ReplyForm,
    TextForm,
)
from correspondence.models import Note
from correspondence.views.notes import form_page, permitted, posted, refuse_readers, show
from review.actions import Refused

MOST_AT_ONCE = 100


@form_page
def note_edit(request: HttpRequest, pk: int) -> HttpResponse:
    note = permitted(request, pk)
    start = {"text": note.text, "reply_days": note.reply_days, "edited": note.edited}
    form = TextForm(posted(request), note=note, by=request.user, initial=start)
    if form.is_valid() and done(form, actions.edit, note=note, **form.cleaned_data):
        messages.success(request, _("The text of the draft is changed."))
        return redirect(note)
    return show(request, "note_edit", {"form": form, "note": note})


@require_POST
def note_issue(request: HttpRequest, pk: int) -> HttpResponse:
    note = permitted(request, pk)
    form = IssueForm(request.POST)
    if form.is_valid() and done(form, actions.issue, note=note, by=request.user, **form.cleaned_data):
        messages.success(request, _("The note is issued. Print it, hand it over, and say here when that was."))
    else:
        messages.error(request, _("This note was changed or issued meanwhile. Read it again before you issue it."))
    return redirect(note)


@form_page
def note_drafts(request: HttpRequest) -> HttpResponse:
    """All drafts; those that are ticked are issued together, each under a number of its own."""
    refuse_readers(request)
    drafts = Note.objects.visible_to(request.user).drafts().exclude(state__in=reach_of(request.user).states)
    waiting = list(drafts.whole().select_related("made_by").order_by("made_at", "pk")[:MOST_AT_ONCE])
    form = IssueSeveralForm(posted(request), drafts=waiting)
    if form.is_valid():
        issued = _issue_all(form.chosen, request)
        said = ngettext("%(n)d note is issued.", "%(n)d notes are issued.", issued)
        messages.success(request, said % {"n": issued})
        return redirect("note-list")
    ticked = form["notes"].value() or []
    rows = [(stamp, note, stamp in ticked) for stamp, note in form.drafts.items()]
    return show(request, "note_drafts", {"form": form, "rows": rows})


def _issue_all(notes: list[Note], request: HttpRequest) -> int:
    issued = 0
    for note in notes:
        try:
            actions.issue(note=note, edited=note.edited, by=request.user)
            issued += 1
        except Refused as refusal:
            messages.error(request, f"{note.state}: {refusal}")
    return issued


@require_POST
def note_discard(request: HttpRequest, pk: int) -> HttpResponse:
    note = permitted(request, pk)
    try:
        actions.discard(note=note)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(note)
    messages.success(request, _("The draft is discarded. No number was given to it."))
    return redirect("note-list")


@form_page
def note_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    note = permitted(request, pk)
    form = HandOverForm(posted(request), note=note, initial={"on": today()})
    return _step(request, note, form, actions.hand_over, "hand-over")


@form_page
def note_reply(request: HttpRequest, pk: int) -> HttpResponse:
    note = permitted(request, pk)
    start = {"on": today(), "said": note.reply_said, "edited": note.edited}  # as an acknowledgement left it
    form = ReplyForm(posted(request), note=note, initial=start)
    return _step(request, note, form, actions.record_reply, "reply")


@form_page
def note_reply_correct(request: HttpRequest, pk: int) -> HttpResponse:
    note = permitted(request, pk)
    said = {"outcome": note.outcome, "reference": note.reply_reference, "said": note.reply_said}
    start = {"on": note.replied_on, "edited": note.edited, **said}
    form = ReplyForm(posted(request), note=note, initial=start)
    return _step(request, note, form, actions.correct_reply, "correct")


@form_page
def note_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    note = permitted(request, pk)
    return _step(request, note, CancelForm(posted(request)), actions.cancel, "cancel")


def _step(request: HttpRequest, note: Note, form: Any, action: Callable[..., None], verb: str) -> HttpResponse:
    """Shows the form, or does it."""
    if form.is_valid() and done(form, action, note=note, by=request.user, **form.cleaned_data):
        messages.success(request, _("It is kept with the note."))
        return redirect(note)
    return show(request, "note_step", {"form": form, "note": note, "verb": verb})


def done(form: Any, action: Callable[..., None], **given: Any) -> bool:
    try:
        action(**given)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
