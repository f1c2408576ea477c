"""One document of a state: its withdrawal, and a newer version of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from capability.actions.files import nowhere_open, open_place, replace_file, withdraw_file, withdrawal_refusal
from capability.forms.files import ReplaceFileForm, WithdrawFileForm
from capability.models import Evidence
from documents.models import File
from member_states.models import MemberState
from review.actions import Refused


@require_http_methods(["GET", "POST"])
def file_withdraw(request: HttpRequest, token: UUID) -> HttpResponse:
    """The lead liaison says why; the name stays wherever it stood."""
    file = _permitted(request, token, "capability.withdraw_file")
    form, refused = WithdrawFileForm(request.POST or None), withdrawal_refusal(file)
    if form.is_valid() and not refused:
        try:
            withdraw_file(file=file, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("%(name)s is withdrawn. Its content is deleted now.") % {"name": file.name})
            return redirect("state-documents", _state(request, file).slug)
    sent = Evidence.objects.visible_to(request.user).filter(file=file).count()
    return _page(request, "capability/file_withdraw.html", file, form, refused, {"sent": sent})


@require_http_methods(["GET", "POST"])
def file_replace(request: HttpRequest, token: UUID) -> HttpResponse:
    file = _permitted(request, token, "capability.replace_file")
    place = open_place(file, request.user)
    refused = "" if place else nowhere_open()
    form = ReplaceFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and not form.is_bound:
        form = ReplaceFileForm({})
    if form.is_valid() and not refused:
        try:
            replace_file(file=file, upload=form.cleaned_data["file"], by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The newer version stands in the draft and goes with the next sending."))
            return redirect("state-documents", _state(request, file).slug)
    return _page(request, "capability/file_replace.html", file, form, refused, {"place": place})


def _permitted(request: HttpRequest, token: UUID, permission: str) -> File:
    files = File.objects.visible_to(request.user).select_related("withdrawn_by")
    file = get_object_or_404(files, token=token)
    if not request.user.has_perm(permission, file):
        raise PermissionDenied
    return file


def _state(request: HttpRequest, file: File) -> MemberState:
    return MemberState.objects.visible_to(request.user).get(pk=file.state_id)


def _page(
    request: HttpRequest, template: str, file: File, form: Any, refused: str, more: dict[str, Any]
) -> HttpResponse:
    context = {"file": file, "form": form, "refused": refused, "state": _state(request, file), **more}
    status = 409 if request.method == "POST" and refused else 422 if form.errors else 200
    return render(request, template, context, status=status)
