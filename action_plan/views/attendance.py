"""Who was there, session by session, and what they say of the course."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import attendance as actions
from action_plan.evaluations import FEWEST, summary_of
from action_plan.models import Attendance, Course, CourseSession, Nomination
from action_plan.views.course_finding import check, find, tabs_of
from documents.views import layout_of
from review.actions import Refused


@require_safe
def grid(request: HttpRequest, slug: str) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.view_course_records")
    sessions = list(CourseSession.objects.visible_to(request.user).filter(course=course))
    held = _held(request.user, course)
    people = [(who, [held.get((who.pk, one.pk)) for one in sessions]) for who in _participants(request.user, course)]
    rows = [(who, cells, sum(cell is True for cell in cells)) for who, cells in people]
    context = {
        "course": course,
        "tabs": tabs_of(course, request.user, "course-attendance"),
        "sessions": sessions,
        "rows": rows,
        "totals": [sum(cells[at] is True for _who, cells in people) for at, _session in enumerate(sessions)],
        "may_run": request.user.has_perm("action_plan.run_course"),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/attendance.html", context)


@require_http_methods(["GET", "POST"])
def of_session(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.run_course")
    session = get_object_or_404(CourseSession.objects.visible_to(request.user), course=course, pk=pk)
    people = list(_participants(request.user, course))
    if request.method == "POST":
        there = {who.pk: f"there-{who.pk}" in request.POST for who in people}
        try:
            actions.record(course=course, session=session, was_there=there, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("course-attendance", slug)
        messages.success(request, _("The attendance is recorded, and the figures of the activity follow it."))
        return redirect("course-attendance", slug)
    held = _held(request.user, course)
    rows = [(who, held.get((who.pk, session.pk), True)) for who in people]
    context = {"course": course, "session": session, "rows": rows, "layout": layout_of(request)}
    return render(request, "action_plan/attendance_session.html", context)


@require_safe
def evaluation(request: HttpRequest, slug: str) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.view_course_records")
    context = {
        "course": course,
        "tabs": tabs_of(course, request.user, "course-evaluations"),
        "summary": summary_of(course, request.user),
        "fewest": FEWEST,
        "may_run": request.user.has_perm("action_plan.run_course"),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/evaluations.html", context)


@require_POST
def evaluation_ask(request: HttpRequest, slug: str) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.run_course")
    try:
        actions.ask_for_evaluation(course=course, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Everybody who was there gets a letter with a link that opens once."))
    return redirect("course-evaluations", slug)


def _participants(user: Any, course: Course) -> Any:
    selected = Nomination.objects.visible_to(user).filter(course=course).selected()
    return selected.select_related("state").order_by("name", "pk")


def _held(user: Any, course: Course) -> dict[tuple[int, int], bool]:
    rows = Attendance.objects.visible_to(user).filter(course=course)
    return {(row.nomination_id, row.session_id): row.was_there for row in rows}
