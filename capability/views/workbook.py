"""The form of an update as a workbook: handed out, read back with a dry run, and saved when somebody says so."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from capability.drafts import WorkingCopy
from capability.models import Update
from capability.views.update import find_draft
from capability.workbook.filled import Filled, filled_in
from capability.workbook.plan import KEPT, REFUSED, SAVE, Line, carry_out, plan_of
from capability.workbook.reading import rows_of_upload
from capability.workbook.writing import workbook_of
from documents.checks import MEDIA_TYPES

MOST_TOLD = 5  # sentences after saving; the page of the update shows the rest


@require_safe
def form_file(request: HttpRequest, state: str, round: str) -> HttpResponse:
    update = find_draft(request, state, round)
    content = workbook_of(WorkingCopy(update, request.user), request.user)
    name = f"oas-cyber-{update.state.slug}-{round}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=MEDIA_TYPES["xlsx"], headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def form_upload(request: HttpRequest, state: str, round: str) -> HttpResponse:
    """Dry run with a file, saving with what the dry run read. It is asked anew then: nothing newer is overwritten."""
    update = find_draft(request, state, round)
    copy = WorkingCopy(update, request.user)
    if request.method != "POST":
        return _page(request, update, copy)
    if not copy.is_open:
        messages.error(request, _("The answers of this update cannot be changed now."))
        return redirect("update-form", state, round)
    try:
        filled = _filled(request, copy)
    except ValidationError as refusal:
        return _page(request, update, copy, error=" ".join(refusal.messages), status=422)
    lines = plan_of(copy, filled)
    if "filled" not in request.POST:
        return _page(request, update, copy, lines=lines, strays=filled.strays, sealed=filled.seal(update))
    lines = carry_out(lines, request.user)
    return _said(request, update, copy, lines)


def _filled(request: HttpRequest, copy: WorkingCopy) -> Filled:
    if "filled" in request.POST:
        return Filled.unseal(request.POST["filled"], copy.update)
    upload: Any = request.FILES.get("form")
    if upload is None:
        raise ValidationError(_("Choose the workbook that you filled in."))
    return filled_in(rows_of_upload(upload), copy)


def _said(request: HttpRequest, update: Update, copy: WorkingCopy, lines: list[Line]) -> HttpResponse:
    saved = sum(line.fate == SAVE for line in lines)
    text = ngettext("%(number)s answer of the form is saved.", "%(number)s answers of the form are saved.", saved)
    messages.success(request, text % {"number": saved})
    late = [line for line in lines if line.fate == KEPT or (line.fate == REFUSED and line.content is not None)]
    for line in late[:MOST_TOLD]:
        messages.warning(request, _("%(question)s: %(what)s") % {"question": _name(line), "what": line.sentence})
    return redirect(update)


def _name(line: Line) -> str:
    question = line.item.question
    return f"{question.number} {question.title}".strip()


def _page(
    request: HttpRequest,
    update: Update,
    copy: WorkingCopy,
    *,
    lines: list[Line] | None = None,
    strays: list[str] | None = None,
    sealed: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    fates = [line.fate for line in lines or []]
    context = {
        "update": update,
        "copy": copy,
        "lines": lines,
        "strays": strays,
        "sealed": sealed,
        "to_save": fates.count(SAVE),
        "left": len(fates) - fates.count(SAVE),
        "errors": [{"id": "form", "text": error}] if error else [],
    }
    return render(request, "capability/update_form.html", context, status=status)
