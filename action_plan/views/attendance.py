"""Who was there, session by session, and what they say of the course."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import attendance as actions
from action_plan.evaluations import FEWEST, summary_of
from action_plan.models import Attendance, Course, CourseSession, Nomination
from action_plan.views.course_finding import check, find, tabs_of
from common.downloads import table_response, where, whereabouts
from documents.views import layout_of
from review.actions import Refused

Attended = tuple[Nomination, list[bool | None]]  # at each session; None where nothing is recorded


@require_safe
def grid(request: HttpRequest, slug: str) -> HttpResponse:
    course = find(request, slug)
    check(request, "action_plan.view_course_records")
    sessions, people = _attended(request.user, course)
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


@require_safe
def table(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    course = find(request, slug)
    check(request, "action_plan.view_course_records")
    return table_response(_lines(course, *_attended(request.user, course)), f"{slug}-attendance", form)


def _lines(course: Course, sessions: list[CourseSession], people: list[Attended]) -> Iterator[list[Any]]:
    """A column for each session, empty where nothing is recorded."""
    days = (f"{one.title} ({date_format(localtime(one.starts_at), 'Y-m-d')})" for one in sessions)
    yield [_("Participant"), _("State"), *days, _("Attended"), *where()]
    words = {True: _("Was there"), False: _("Absent"), None: ""}
    for who, cells in people:
        who.course = course
        told = [words[cell] for cell in cells]
        yield [who.called, str(who.state), *told, sum(cell is True for cell in cells), *whereabouts(who)]


def _attended(user: Any, course: Course) -> tuple[list[CourseSession], list[Attended]]:
    sessions = list(CourseSession.objects.visible_to(user).filter(course=course))
    held = _held(user, course)
    people = _participants(user, course)
    return sessions, [(who, [held.get((who.pk, one.pk)) for one in sessions]) for who in people]


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
