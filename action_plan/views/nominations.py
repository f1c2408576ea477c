"""Who is nominated: by liaisons for their own state, and selected by officers, all in one table."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import certificates
from action_plan.actions import selection as actions
from action_plan.actions.selection import Decision
from action_plan.forms.training import DecisionForm, NominationForm, PersonForm
from action_plan.models import Course, Nomination
from action_plan.views.course_finding import check, find, find_nomination, form_page, tabs_of
from common.downloads import csv_response, each, where, whereabouts, xlsx_response
from common.scope import reach_of
from documents.views import layout_of
from review.actions import Refused


@require_http_methods(["GET", "POST"])
def nominate(request: HttpRequest, slug: str) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.nominate", course)
    form = NominationForm(request.POST or None, course=course, by=request.user)
    if form.is_valid():
        try:
            nomination = form.save(commit=False)
            actions.nominate(nomination=nomination, course=course, state=form.chosen, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is nominated.") % {"name": nomination.name})
            return redirect(course)
    return form_page(request, "action_plan/nomination_form.html", {"form": form, "course": course})


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """By the own state until it is decided; after that by officers. A certificate that said otherwise is replaced."""
    course = find(request, slug)
    nomination = find_nomination(request, course, pk)
    check(request, "action_plan.correct_nomination", nomination)
    form = PersonForm(request.POST or None, instance=nomination)
    if form.is_valid():
        try:
            fields = list(PersonForm.Meta.fields)
            was_replaced = certificates.correct(nomination=nomination, fields=fields, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            replaced = _("The certificate is replaced, and the new one on its way.")
            messages.success(request, replaced if was_replaced else _("The nomination is saved."))
            return _back(request, course)
    context = {"form": form, "course": course, "nomination": nomination}
    return form_page(request, "action_plan/nomination_form.html", context)


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    course = find(request, slug)
    nomination = find_nomination(request, course, pk)
    check(request, "action_plan.withdraw_nomination", nomination)
    try:
        actions.withdraw(nomination=nomination, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The nomination of %(name)s is withdrawn.") % {"name": nomination.name})
    return _back(request, course)


def _back(request: HttpRequest, course: Course) -> HttpResponse:
    return redirect("course-selection", course.activity.slug) if reach_of(request.user).staff else redirect(course)


@require_http_methods(["GET", "POST"])
def selection(request: HttpRequest, slug: str) -> HttpResponse:
    """All the staff read it; officers decide. What was typed stays when it is refused."""
    course, user = find(request, slug), request.user
    check(request, "action_plan.view_course_records")
    whole = list(_people(user, course))
    people = [person for person in whole if person.is_kept]
    standing = [person for person in people if person.status != Nomination.Status.WITHDRAWN]
    forms = [DecisionForm(_posted(request, person), nomination=person) for person in standing]
    refused = ""
    if request.method == "POST":
        check(request, "action_plan.run_course")
        refused = _decided(request, course, forms)
        if not refused:
            return redirect("course-selection", slug)
    context = {
        "course": course,
        "tabs": tabs_of(course, request.user, "course-selection"),
        "forms": forms,
        "withdrawn": [person for person in people if person.status == Nomination.Status.WITHDRAWN],
        "erased": len(whole) - len(people),
        "given": sum(person.status == Nomination.Status.SELECTED for person in whole),
        "waiting": sum(person.status == Nomination.Status.WAITING for person in people),
        "refused": [{"id": "decisions", "text": refused}] if refused else [],
        "may_run": user.has_perm("action_plan.run_course"),
        "own_states": reach_of(user).states,
        "layout": layout_of(request),
    }
    return render(request, "action_plan/selection.html", context, status=422 if refused else 200)


def _posted(request: HttpRequest, person: Nomination) -> Any:
    """Who was nominated while the page was open is not among what was posted."""
    return request.POST if request.method == "POST" and f"{person.pk}-was" in request.POST else None


def _decided(request: HttpRequest, course: Course, forms: list[DecisionForm]) -> str:
    """The sentence that says why nothing was decided; empty when it was."""
    posted = [form for form in forms if form.is_bound]
    if not all(form.is_valid() for form in posted):
        return _("Choose one of the decisions for everybody, with a reason of up to 1,000 characters.")
    decisions = [Decision(nomination=form.nomination.pk, **form.cleaned_data) for form in posted]
    try:
        changed = actions.decide(course=course, decisions=decisions, by=request.user)
    except Refused as refusal:
        return str(refusal)
    if changed:
        messages.success(request, _("The decisions are saved, and those they concern are told."))
    else:
        messages.info(request, _("Nothing was different, so nothing was changed."))
    return ""


@require_safe
def nominees_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    course = find(request, slug)
    check(request, "action_plan.view_nominees")
    return csv_response(_lines(request.user, course), f"{slug}-nominees.csv")


@require_safe
def nominees_xlsx(request: HttpRequest, slug: str) -> FileResponse:
    course = find(request, slug)
    check(request, "action_plan.view_nominees")
    return xlsx_response(_lines(request.user, course), f"{slug}-nominees.xlsx")


def _people(user: Any, course: Course) -> Any:
    whole = Nomination.objects.visible_to(user).filter(course=course).select_related("state")
    return whole.order_by("nominated_at", "pk")


def _lines(user: Any, course: Course) -> Iterator[list[Any]]:
    yield [
        _("Name"),
        _("E-mail address"),
        _("State"),
        _("Institution"),
        _("Sector"),
        _("Gender"),
        _("Language"),
        _("Why this person"),
        _("Status"),
        _("Reason"),
        _("Nominated on"),
        _("Sessions attended"),
        *where(),
    ]
    for person in each(_people(user, course).kept().with_attendance()):
        person.course = course
        yield [
            person.name,
            person.email,
            str(person.state),
            person.institution,
            person.get_sector_display(),
            person.get_gender_display(),
            person.get_language_display(),
            person.why,
            person.get_status_display(),
            person.because,
            localtime(person.nominated_at).date(),
            person.sessions_held,
            *whereabouts(person),
        ]
