"""Writing alerts: new ones, drafts, and new versions of what is out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import record_read
from common.tlp import Tlp
from csirt_network.actions.publishing import revise
from csirt_network.actions.writing import Changed, rewrite, write
from csirt_network.forms.alerts import AlertForm, NewAlertForm, VersionForm
from csirt_network.models import Alert, AlertFile
from documents.refusal import Refused as NotKept
from documents.serving import as_download
from documents.views import layout_of
from review.actions import Refused

form_page = require_http_methods(["GET", "HEAD", "POST"])


def kept(request: HttpRequest, pk: int) -> Alert:
    """One that the reader is one of the makers of."""
    return get_object_or_404(Alert.objects.kept_by(request.user).select_related("from_team"), pk=pk)


def permit(request: HttpRequest, verb: str, alert: Alert | None = None) -> None:
    if not request.user.has_perm(f"csirt_network.{verb}", alert):
        raise PermissionDenied


@require_safe
def alert_drafts(request: HttpRequest) -> HttpResponse:
    """What one's team or the programme is writing, and what was handed over."""
    permit(request, "write_alert")
    drafts = Alert.objects.kept_by(request.user).drafts().select_related("author", "from_team").order_by("-pk")
    found = list(drafts)
    context = {
        "drafts": [alert for alert in found if not alert.is_offered],
        "offered": [alert for alert in found if alert.is_offered],
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/alert_drafts.html", context)


@form_page
def alert_new(request: HttpRequest) -> HttpResponse:
    permit(request, "write_alert")
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewAlertForm(*posted, user=request.user, initial={"quotes": request.GET.getlist("quote")})
    if posted and form.is_valid():
        try:
            alert = write(written=form.written(), origin=form.origin_team(), by=request.user)
            return redirect("alert-preview", alert.pk)
        except NotKept as refusal:
            form.add_error("file", refusal)
    return _page(request, form, None)


@form_page
def alert_edit(request: HttpRequest, pk: int) -> HttpResponse:
    alert = kept(request, pk)
    permit(request, "edit_alert", alert)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AlertForm(*posted, user=request.user, alert=alert)
    if posted and form.is_valid():
        try:
            rewrite(alert=alert, written=form.written(), edited=_edited(request), by=request.user)
            messages.success(request, _("The draft is saved."))
            return redirect("alert-preview", alert.pk)
        except Changed:
            return _page(request, form, alert, status=409)
        except NotKept as refusal:
            form.add_error("file", refusal)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, form, alert)


@form_page
def alert_version(request: HttpRequest, pk: int) -> HttpResponse:
    alert = kept(request, pk)
    permit(request, "revise_alert", alert)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VersionForm(*posted, user=request.user, alert=alert)
    if posted and form.is_valid():
        try:
            said = form.cleaned_data["what_changed"]
            revise(alert=alert, written=form.written(), edited=_edited(request), what_changed=said, by=request.user)
            messages.success(request, _("The new version is out, and those who read the alert are told."))
            return redirect(alert)
        except Changed:
            return _page(request, form, alert, status=409)
        except NotKept as refusal:
            form.add_error("file", refusal)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, form, alert)


def _page(request: HttpRequest, form: Any, alert: Alert | None, status: int = 200) -> HttpResponse:
    """With what was typed. After a conflict the form takes the state of today, so that saving again replaces it."""
    context = {"form": form, "alert": alert, "layout": layout_of(request), "is_conflict": status == 409}
    return render(request, "csirt_network/alert_form.html", context, status=422 if form.errors else status)


def _edited(request: HttpRequest) -> int:
    typed = request.POST.get("edited", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else -1


@login_not_required
@require_safe
def alert_file(request: HttpRequest, pk: int, token: UUID) -> FileResponse:
    """A file of an alert, for who may read the alert. The browser saves it, and never runs or shows it."""
    alert = get_object_or_404(Alert.objects.visible_to(request.user), pk=pk)
    file = get_object_or_404(AlertFile.objects.visible_to(request.user), alert=alert, token=token)
    response = as_download(file, file.name)
    if request.user.is_authenticated:
        is_private = alert.tlp == Tlp.RED or not alert.with_programme
        request.after_response.append(lambda: record_read(request, file, private=is_private))  # type: ignore[attr-defined]
    return response
