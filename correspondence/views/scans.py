"""Scans of replies: brought on the page of a note or to the list, matched, put aside, read."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audit import record_read
from correspondence.actions import scans as actions
from correspondence.forms.scans import AsideForm, BringForm, MatchForm, ScanForm
from correspondence.models import Note, NoteScan
from correspondence.purposes import WITH_CLOCK, Status
from correspondence.views.notes import PAGE, find, form_page, posted, render_note, show
from documents.serving import as_download
from review.actions import Refused


@require_POST
def note_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The reply, on the page of the note that it answers."""
    note = find(request, pk)
    if not request.user.has_perm("correspondence.bring_reply", note):
        raise PermissionDenied
    form = BringForm(request.POST, request.FILES)
    if note.status not in WITH_CLOCK:
        messages.error(request, _("This note waits for no reply any more."))
        return redirect(note)
    if form.is_valid():
        try:
            actions.bring_to(note=note, upload=form.cleaned_data["file"], by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("The reply is kept with the note. The programme reads it and records it."))
            return redirect(note)
    return render_note(request, note, brought=form)


@form_page
def note_scans(request: HttpRequest) -> HttpResponse:
    """Those that wait, and a new one."""
    if not request.user.has_perm("correspondence.view_scans"):
        raise PermissionDenied
    may_match = request.user.has_perm("correspondence.match_scans")
    if request.method == "POST" and not may_match:
        raise PermissionDenied
    form = ScanForm(posted(request), request.FILES or None)
    if form.is_valid() and (scan := _brought(request, form)):
        return redirect(scan.note or "note-scans")
    waiting = NoteScan.objects.visible_to(request.user).unmatched().select_related("brought_by")
    page = Paginator(waiting.order_by("brought_at", "pk"), PAGE).get_page(request.GET.get("page"))
    return show(request, "note_scans", {"form": form, "page": page, "may_match": may_match})


def _brought(request: HttpRequest, form: ScanForm) -> NoteScan | None:
    given = form.cleaned_data
    try:
        scan = actions.bring(upload=given["file"], typed=given["typed"], by=request.user)
    except ValidationError as error:
        form.add_error("file", error)
        return None
    if scan.note:
        messages.success(request, _of_match(scan.note))
    else:
        messages.info(request, _("No note could be told from it, so the scan waits in the list."))
    return scan


def _of_match(note: Note) -> str:
    """What is to be done with a scan that is with `note` now."""
    if note.status == Status.ANSWERED:
        said = _(
            "%(number)s is answered already. The scan is kept with it: read it, and where it says something else, "
            "press “Correct the reply”."
        )
    elif note.status == Status.CANCELLED:
        said = _("%(number)s is cancelled. The scan is kept with it.")
    else:
        said = _("This is the reply to %(number)s. Read it and record it.")
    return said % {"number": note.spelled}


@form_page
def scan_match(request: HttpRequest, pk: int) -> HttpResponse:
    scan = _permitted(request, pk)
    form = MatchForm(posted(request), by=request.user)
    if form.is_valid():
        note = form.cleaned_data["number"]
        try:
            actions.match_by_hand(scan=scan, note=note, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _of_match(note))
            return redirect(note)
    return show(request, "scan_step", {"form": form, "scan": scan, "verb": "match"})


@form_page
def scan_aside(request: HttpRequest, pk: int) -> HttpResponse:
    scan = _permitted(request, pk)
    form = AsideForm(posted(request))
    if form.is_valid():
        try:
            actions.put_aside(scan=scan, why=form.cleaned_data["why"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The scan is put aside. It is kept, and waits no more."))
            return redirect(scan.note or "note-scans")
    return show(request, "scan_step", {"form": form, "scan": scan, "verb": "aside"})


def _permitted(request: HttpRequest, pk: int) -> NoteScan:
    scan = get_object_or_404(NoteScan.objects.visible_to(request.user).select_related("brought_by", "note"), pk=pk)
    user = request.user
    may = user.has_perm("correspondence.handle_note", scan.note) if scan.note else True
    if not (may and user.has_perm("correspondence.match_scans")):
        raise PermissionDenied
    return scan


@require_safe
def scan_file(request: HttpRequest, token: UUID) -> FileResponse:
    scan = get_object_or_404(NoteScan.objects.visible_to(request.user), token=token)
    response = as_download(scan, scan.name)
    request.after_response.append(lambda: record_read(request, scan))  # type: ignore[attr-defined]
    return response
