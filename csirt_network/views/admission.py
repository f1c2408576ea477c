"""Applications to the network: the list, opening one, filling it in, and its page."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import record_read
from common.downloads import csv_response, xlsx_response
from csirt_network.actions.admission import attach, file_of, fill, open_application, sign
from csirt_network.admission import letters
from csirt_network.admission.listed import lines_of, table
from csirt_network.admission.page import PageOf
from csirt_network.admission.steps import Step, Verdict
from csirt_network.admission_filter import ApplicationFilter
from csirt_network.forms.admission import FillForm, OpenForm
from csirt_network.models import Application, ApplicationDocument
from documents.serving import as_download
from documents.views import layout_of
from review.actions import Refused

form_page = require_http_methods(["GET", "HEAD", "POST"])


def find(request: HttpRequest, pk: int) -> Application:
    return get_object_or_404(Application.objects.visible_to(request.user).whole(), pk=pk)


def _filtered(request: HttpRequest) -> ApplicationFilter:
    seen = Application.objects.visible_to(request.user).whole()
    return ApplicationFilter(request.GET, seen, request=request)


@require_safe
def application_list(request: HttpRequest) -> HttpResponse:
    found = _filtered(request)
    lines = lines_of(found.qs)
    context = {
        "filter": found,
        "is_narrowed": any(request.GET.get(name) for name in found.filters),
        "lines": lines,
        "late": sum(line.is_overdue for line in lines),
        "may_open": request.user.has_perm("csirt_network.open_applications"),
        "query": request.GET.urlencode(),
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/application_list.html", context)


@require_safe
def applications_csv(request: HttpRequest) -> StreamingHttpResponse:
    return csv_response(table(lines_of(_filtered(request).qs)), f"applications-{timezone.localdate()}.csv")


@require_safe
def applications_xlsx(request: HttpRequest) -> FileResponse:
    return xlsx_response(table(lines_of(_filtered(request).qs)), f"applications-{timezone.localdate()}.xlsx")


@form_page
def application_open(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("csirt_network.open_applications"):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    start = {"key": uuid.uuid4(), "language": request.user.language, **_asked_for(request)}  # type: ignore[union-attr]
    form = OpenForm(posted, by=request.user, initial=start)
    if form.is_valid() and (application := _opened(request, form)):
        messages.success(request, _("The application is open. Fill it in, or let the head of the team do it."))
        return redirect(application)
    context = {"form": form, "layout": layout_of(request)}
    return render(request, "csirt_network/application_open.html", context, status=422 if form.errors else 200)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """The state and team of the link that led here; anything else chooses nothing."""
    return {name: value for name in ("state", "team") if (value := request.GET.get(name, "")).isdecimal()}


def _opened(request: HttpRequest, form: OpenForm) -> Application | None:
    given = form.given()
    if not request.user.has_perm("csirt_network.open_application_of", given["state"]):
        raise PermissionDenied
    try:
        return open_application(by=request.user, **given)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


@require_safe
def application_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render_application(request, find(request, pk))


def render_application(
    request: HttpRequest, application: Application, *, form: Any = None, status: int = 200
) -> HttpResponse:
    context = {
        "application": application,
        "page": PageOf(application, request.user, form),
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/application_detail.html", context, status=status)


@form_page
def application_fill(request: HttpRequest, pk: int) -> HttpResponse:
    application = find(request, pk)
    if not request.user.has_perm("csirt_network.fill_application", application):
        raise PermissionDenied
    if not application.is_to_fill:
        messages.error(request, _("This application was sent already. Nothing was sent a second time."))
        return redirect(application)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FillForm(*posted, application=application, initial={"version": application.version})
    if form.is_valid() and _filled(request, application, form):
        return redirect(application if request.POST.get("do") == "send" else request.path)
    documents = ApplicationDocument.objects.visible_to(request.user).filter(application=application)
    context = {"application": application, "form": form, "documents": documents, "layout": layout_of(request)}
    context["back"] = next((one for one in reversed(application.approvals.all()) if one.verdict == "more"), None)
    return render(request, "csirt_network/application_fill.html", context, status=422 if form.errors else 200)


def _filled(request: HttpRequest, application: Application, form: FillForm) -> bool:
    """Saves; and sends, where that was asked for. What is saved stays saved when sending is refused."""
    given, sends = form.cleaned_data, request.POST.get("do") == "send"
    try:
        fill(application=application, version=given["version"], by=request.user, **form.given())
        if given["file"]:
            attach(application=application, upload=given["file"], by=request.user)
        if not sends:
            messages.success(request, _("The application is saved. It is not sent yet."))
            return True
        if not given["is_right"]:
            form.add_error("is_right", _("Tick this before you send the application."))
        else:
            sign(application=application, step=Step.SENT, verdict=Verdict.YES, by=request.user)
            messages.success(request, _("The application is sent. A mail with the receipt is on its way."))
            return True
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as error:
        form.add_error("file", error)
    typed = request.POST.copy()
    typed["version"] = str(Application.objects.visible_to(request.user).get(pk=application.pk).version)
    form.data = typed
    return False


@require_safe
def application_document(request: HttpRequest, pk: int, document: int) -> FileResponse:
    """The founding document, for every side."""
    found = get_object_or_404(
        ApplicationDocument.objects.visible_to(request.user), pk=document, application=find(request, pk)
    )
    file = file_of(found)
    if file.is_withdrawn:
        raise Http404
    response = as_download(file, file.name)
    request.after_response.append(lambda: record_read(request, found))  # type: ignore[attr-defined]
    return response


@require_safe
def application_letter(request: HttpRequest, pk: int, letter: str, language: str) -> HttpResponse:
    application = find(request, pk)
    found = letters.letter_of(application, letter)
    if found is None or language not in letters.LANGUAGES:
        raise Http404
    response = HttpResponse(letters.pdf(found, application, language), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{letter}-{application.pk}-{language}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response
