"""Courses: what there is to be learned, when, and who of the own state is nominated. Officers set them up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import courses as actions
from action_plan.forms.training import CourseForm, SessionForm
from action_plan.models import Activity, Certificate, Course, CourseSession, Kind, Nomination
from action_plan.training_filter import CourseFilter, course_lines
from action_plan.views.course_finding import check, find, form_page, tabs_of
from common.downloads import table_response
from common.scope import reach_of
from csirt_network.listing import page_of
from documents.views import layout_of
from member_states.models import MemberState
from review.actions import Refused


@require_safe
def course_list(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    may_run = request.user.has_perm("action_plan.run_course")
    without = Activity.objects.visible_to(request.user).filter(kind=Kind.COURSE, course=None)
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.qs.select_related("activity"), column="nominations_close_on", size=12),
        "to_set_up": without.exclude(status="cancelled")[:10] if may_run else [],
        "layout": layout_of(request),
    }
    return render(request, "action_plan/course_list.html", context)


@require_safe
def course_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    found = _chosen(request).qs.select_related("activity").order_by("-nominations_close_on", "-pk")
    return table_response(course_lines(found), "courses", form)


def _chosen(request: HttpRequest) -> CourseFilter:
    return CourseFilter(request.GET, queryset=Course.objects.visible_to(request.user), request=request)


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    course, user = find(request, slug), request.user
    sees_nominees = user.has_perm("action_plan.view_nominees")
    reach = reach_of(user)
    context = {
        "course": course,
        "tabs": tabs_of(course, request.user, "course-detail"),
        "sessions": CourseSession.objects.visible_to(user).filter(course=course),
        "sees_links": bool(reach.staff or reach.states),
        "sees_nominees": sees_nominees,
        "nominees": _nominees(user, course) if sees_nominees and not reach.staff else [],
        "counts": _counts(user, course) if reach.staff else [],
        "may_run": user.has_perm("action_plan.run_course"),
        "may_nominate": user.has_perm("action_plan.nominate", course),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/course_detail.html", context)


def _nominees(user: Any, course: Course) -> list[tuple[Nomination, Certificate | None, bool]]:
    """With the certificate each has, and whether `user` may change and withdraw them.

    Of those whose data is erased the ones whom a certificate names.
    """
    people = Nomination.objects.visible_to(user).filter(course=course).select_related("state", "nominated_by")
    valid = Certificate.objects.visible_to(user).filter(course=course).valid()
    of_person = {certificate.nomination_id: certificate for certificate in valid}
    writes_for = set(MemberState.objects.spoken_for_by(user).values_list("pk", flat=True))
    known = [person for person in people if person.is_kept or person.pk in of_person]
    return [(person, of_person.get(person.pk), person.is_kept and person.state_id in writes_for) for person in known]


def _counts(user: Any, course: Course) -> list[tuple[str, int]]:
    """How many stand where; all of them, so that nothing seems missing."""
    held = Nomination.objects.visible_to(user).filter(course=course).values_list("status", flat=True)
    statuses = list(held)
    return [(str(label), statuses.count(value)) for value, label in Nomination.Status.choices]


@require_http_methods(["GET", "POST"])
def course_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The course of an activity: set up here when it has none yet."""
    activities = Activity.objects.visible_to(request.user).filter(kind=Kind.COURSE)
    activity = get_object_or_404(activities, slug=slug)
    check(request, "action_plan.run_course")
    course = Course.objects.visible_to(request.user).filter(activity=activity).first() or Course(activity=activity)
    form = CourseForm(request.POST or None, instance=course)
    if form.is_valid():
        try:
            actions.set_up(course=form.save(commit=False), by=request.user)
        except Refused as refusal:
            form.add_error("seats", str(refusal))
        else:
            messages.success(request, _("The course is saved."))
            return redirect("course-detail", slug)
    return form_page(request, "action_plan/course_form.html", {"form": form, "activity": activity, "course": course})


@require_POST
def course_open(request: HttpRequest, slug: str) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.run_course")
    try:
        actions.open_nominations(course=course, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Nominations are open. The lead liaisons of the states that take part are told."))
    return redirect(course)


@require_http_methods(["GET", "POST"])
def session_new(request: HttpRequest, slug: str) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.run_course")
    return _session(request, course, CourseSession(course=course))


@require_http_methods(["GET", "POST"])
def session_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.run_course")
    return _session(request, course, _find_session(request, course, pk))


def _session(request: HttpRequest, course: Course, session: CourseSession) -> HttpResponse:
    form = SessionForm(request.POST or None, instance=session)
    if form.is_valid():
        form.save()
        messages.success(request, _("The session is saved."))
        return redirect(course)
    return form_page(request, "action_plan/course_session.html", {"form": form, "course": course, "session": session})


@require_POST
def session_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.run_course")
    session = _find_session(request, course, pk)
    try:
        actions.remove_session(session=session, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("course-session-edit", slug, pk)
    messages.success(request, _("The session is removed."))
    return redirect(course)


def _find_session(request: HttpRequest, course: Course, pk: int) -> CourseSession:
    return get_object_or_404(CourseSession.objects.visible_to(request.user), course=course, pk=pk)
