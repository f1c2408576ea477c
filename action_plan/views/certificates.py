"""Certificates as the programme issues and revokes them, and as the own state downloads them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import certificates as actions
from action_plan.certificate_paper import as_pdf
from action_plan.forms.training import RevokeForm
from action_plan.models import Certificate, Course
from action_plan.views.course_finding import check, find, form_page, tabs_of
from common.downloads import each, table_response, where, whereabouts
from common.scope import reach_of
from common.templatetags.looks import STATUSES
from documents.views import layout_of
from review.actions import Refused


@require_safe
def certificate_list(request: HttpRequest, slug: str) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.view_course_records")
    context = {
        "course": course,
        "tabs": tabs_of(course, request.user, "course-certificates"),
        "certificates": _issued(request, course),
        "entitled": actions.entitled(course, request.user),
        "may_run": request.user.has_perm("action_plan.run_course"),
        "own_states": reach_of(request.user).states,
        "layout": layout_of(request),
    }
    return render(request, "action_plan/certificates.html", context)


@require_safe
def certificate_table(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    course = find(request, slug)
    check(request, "action_plan.view_course_records")
    return table_response(_lines(_issued(request, course)), f"{slug}-certificates", form)


def _issued(request: HttpRequest, course: Course) -> Any:
    issued = Certificate.objects.visible_to(request.user).filter(course=course)
    return issued.select_related("state", "nomination", "replaced_by").order_by("name", "pk")


def _lines(issued: Any) -> Iterator[list[Any]]:
    yield [
        _("Name"), _("State"), _("Number"), _("Issued on"), _("Status"), _("Revoked on"), _("Why it was revoked"),
        *where(),
    ]  # fmt: skip
    for one in each(issued):
        status = "valid" if one.is_valid else "revoked"
        revoked_on = "" if one.is_valid else localtime(one.revoked_at).date()
        yield [
            one.name, str(one.state), one.spelled, one.issued_on, str(STATUSES[status].word), revoked_on,
            one.revoked_because, *whereabouts(one),
        ]  # fmt: skip


@require_POST
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.run_course")
    try:
        actions.issue(course=course, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The certificates are issued. Each participant gets a letter with a link."))
    return redirect("course-certificates", slug)


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.run_course")
    certificate = _find(request, course, pk)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        actions.revoke(certificate=certificate, because=form.cleaned_data["because"], by=request.user)
        messages.success(request, _("The certificate is revoked. Whoever verifies it learns that."))
        return redirect("course-certificates", slug)
    context = {"form": form, "course": course, "certificate": certificate}
    return form_page(request, "action_plan/certificate_revoke.html", context)


@require_safe
def certificate_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    certificate = _find(request, find(request, slug), pk)
    check(request, "action_plan.view_nominees")
    return pdf_response(certificate)


def pdf_response(certificate: Certificate) -> HttpResponse:
    response = HttpResponse(as_pdf(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{certificate.spelled}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


def _find(request: HttpRequest, course: Course, pk: int) -> Certificate:
    return get_object_or_404(Certificate.objects.visible_to(request.user), course=course, pk=pk)
