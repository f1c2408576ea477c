"""Notes verbales: the list, composing, and the page of each."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import record_read
from common.downloads import csv_response, xlsx_response
from common.scope import reach_of
from correspondence.actions import notes as actions
from correspondence.clock import clocks_of
from correspondence.composing import formula
from correspondence.filters import NoteFilter, note_table
from correspondence.follow_up import next_steps
from correspondence.forms.notes import ComposeForm, IssueForm
from correspondence.forms.scans import BringForm
from correspondence.models import Note, NoteScan
from correspondence.paper import as_pdf
from correspondence.purposes import KINDS, WITH_CLOCK, Purpose, Status
from documents.serving import as_download, bytes_as_download
from documents.views import layout_of
from member_states.models import MemberState

form_page = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 40


def posted(request: HttpRequest) -> Any:
    """For a form that is bound also when nothing was sent with it."""
    return request.POST if request.method == "POST" else None


def find(request: HttpRequest, pk: int) -> Note:
    return get_object_or_404(Note.objects.visible_to(request.user).whole(), pk=pk)


def permitted(request: HttpRequest, pk: int, verb: str = "handle_note") -> Note:
    note = find(request, pk)
    if not request.user.has_perm(f"correspondence.{verb}", note):
        raise PermissionDenied
    return note


def show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, f"correspondence/{template}.html", context | {"layout": layout_of(request)}, status=status)


def _filtered(request: HttpRequest) -> NoteFilter:
    if not request.user.has_perm("correspondence.view_notes"):
        raise PermissionDenied
    seen = Note.objects.visible_to(request.user).whole().with_reply_brought()
    return NoteFilter(request.GET, seen.order_by("-made_at", "-pk"), request=request)


@require_safe
def note_list(request: HttpRequest) -> HttpResponse:
    chosen = _filtered(request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    clocks = clocks_of(page.object_list)
    is_staff = reach_of(request.user).staff
    context = {
        "filter": chosen,
        "is_narrowed": any(request.GET.get(name) for name in chosen.filters),
        "page": page,
        "rows": [(note, clocks.get(note.pk)) for note in page.object_list],
        "is_staff": is_staff,
        "may_write": request.user.has_perm("correspondence.write_notes"),
        "own_states": [] if is_staff else MemberState.objects.own(request.user).in_order(),
        "drafts": Note.objects.visible_to(request.user).drafts().count() if is_staff else 0,
        "unmatched": NoteScan.objects.visible_to(request.user).unmatched().count() if is_staff else 0,
    }
    return show(request, "note_list", context)


@require_safe
def note_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(_lines(request), f"notes-{timezone.localdate()}.csv")


@require_safe
def note_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(_lines(request), f"notes-{timezone.localdate()}.xlsx")


def _lines(request: HttpRequest) -> Iterator[list[Any]]:
    return note_table(_filtered(request).qs)


@require_safe
def note_purposes(request: HttpRequest) -> HttpResponse:
    refuse_readers(request)
    kinds = [(purpose, kind) for purpose, kind in KINDS.items()]
    return show(request, "note_purposes", {"kinds": kinds})


def refuse_readers(request: HttpRequest) -> None:
    if not request.user.has_perm("correspondence.write_notes"):
        raise PermissionDenied


@form_page
def note_new(request: HttpRequest, purpose: str) -> HttpResponse:
    refuse_readers(request)
    if purpose not in Purpose.values:
        raise Http404
    chosen = Purpose(purpose)
    start: dict[str, Any] = {"record": request.GET["record"]} if "record" in request.GET else {}
    if states := request.GET.getlist("states"):
        start["states"] = states
    form = ComposeForm(posted(request), purpose=chosen, by=request.user, initial=start)
    if form.is_valid():
        given = form.cleaned_data
        facts = {"language": given["language"], "reply_days": given["reply_days"], "by": request.user}
        notes = actions.draft(purpose=chosen, states=form.states_chosen, record=form.record_chosen, **facts)
        said = ngettext(
            "The note is composed. Read it, amend it where needed, and issue it.",
            "%(n)d notes are composed. Read them, amend them where needed, and issue them.",
            len(notes),
        )
        messages.success(request, said % {"n": len(notes)})
        return redirect(notes[0] if len(notes) == 1 else "note-drafts")
    return show(request, "note_form", {"form": form, "purpose": chosen, "kind": KINDS[chosen]})


@require_safe
def note_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render_note(request, find(request, pk))


def render_note(request: HttpRequest, note: Note, *, brought: Any = None) -> HttpResponse:
    """`brought` is the form of a scan that was refused."""
    user = request.user
    may_handle = user.has_perm("correspondence.handle_note", note)
    scans = NoteScan.objects.visible_to(user).filter(note=note).select_related("brought_by")
    context = {
        "note": note,
        "letter": formula(note),
        "clock": clocks_of([note]).get(note.pk),
        "scans": list(scans),
        "form": brought,
        "bring_form": brought or BringForm(),
        "issue_form": IssueForm(initial={"edited": note.edited}),
        "may_handle": may_handle,
        "may_bring": note.status in WITH_CLOCK and user.has_perm("correspondence.bring_reply", note),
        "is_draft": note.status == Status.DRAFT,
        "is_open": note.status in WITH_CLOCK,
        "steps": next_steps(note, user) if note.status != Status.DRAFT else [],
        "is_staff": reach_of(user).staff,
    }
    return show(request, "note_detail", context)


@require_safe
def note_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Of a draft a preview, made when it is read; else what was kept when it was issued."""
    note = find(request, pk)
    if note.number:
        response: HttpResponseBase = as_download(note, note.name)
        request.after_response.append(lambda: record_read(request, note))  # type: ignore[attr-defined]
        return response
    return bytes_as_download(as_pdf(note), f"draft-{note.pk}.pdf", "application/pdf")
