"""Documents of an agreement, activities under it, and the agreements beside it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.refusal import Refused as FileRefused
from documents.serving import as_download
from partnerships.actions import agreement_parts as actions
from partnerships.forms.agreement_life import FileForm, LinkForm
from partnerships.models import AgreementFile
from partnerships.views.finding import find_to_edit, small_form
from review.actions import Refused


@require_http_methods(["GET", "POST"])
def agreement_file_add(request: HttpRequest, slug: str) -> HttpResponse:
    agreement = find_to_edit(request, slug)
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_file(agreement=agreement, title=given["title"], upload=given["file"], by=request.user)
        except (Refused, FileRefused) as refusal:
            form.add_error("file", str(refusal) if isinstance(refusal, Refused) else refusal)
        else:
            messages.success(request, _("The document is kept. Whoever reads the agreement may download it."))
            return redirect(agreement)
    return small_form(request, "partnerships/agreement_file.html", {"form": form, "agreement": agreement})


@login_not_required
@require_safe
def agreement_file(request: HttpRequest, token: UUID) -> FileResponse:
    file = get_object_or_404(AgreementFile.objects.visible_to(request.user).exclude(content=""), token=token)
    return as_download(file, file.name)


@require_POST
def agreement_file_remove(request: HttpRequest, slug: str, token: UUID) -> HttpResponse:
    agreement = find_to_edit(request, slug)
    files = AgreementFile.objects.visible_to(request.user).filter(agreement=agreement)
    actions.take_away(file=get_object_or_404(files, token=token), by=request.user)
    messages.success(request, _("The document is taken away."))
    return redirect(agreement)


@require_http_methods(["GET", "POST"])
def agreement_link(request: HttpRequest, slug: str) -> HttpResponse:
    agreement = find_to_edit(request, slug)
    form = LinkForm(request.POST if request.method == "POST" else None, user=request.user, agreement=agreement)
    if form.is_valid():
        given = form.cleaned_data
        why = {name: given[name] for name in given if name.startswith("why_")}
        actions.link(agreement=agreement, activity=given["activity"], other=given["other"], why=why, by=request.user)
        messages.success(request, _("The page of the agreement shows it."))
        return redirect(agreement)
    return small_form(request, "partnerships/agreement_link.html", {"form": form, "agreement": agreement})


@require_POST
def agreement_unlink(request: HttpRequest, slug: str) -> HttpResponse:
    """Of what is named `activity` or `other`."""
    agreement = find_to_edit(request, slug)
    activity, other = (_number(request.POST.get(name, "")) for name in ("activity", "other"))
    actions.unlink(agreement=agreement, activity=activity, other=other, by=request.user)
    messages.success(request, _("It is linked no more."))
    return redirect(agreement)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
