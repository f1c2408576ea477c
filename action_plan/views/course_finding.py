"""The course that a page is about. What may not be read looks like what is not there."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from action_plan.models import Course, Nomination
from documents.views import layout_of


def find(request: HttpRequest, slug: str) -> Course:
    courses = Course.objects.visible_to(request.user).select_related("activity")
    return get_object_or_404(courses, activity__slug=slug)


def find_nomination(request: HttpRequest, course: Course, pk: int) -> Nomination:
    whole = Nomination.objects.visible_to(request.user).select_related("state", "nominated_by")
    nomination = get_object_or_404(whole, course=course, pk=pk)
    nomination.course = course
    return nomination


def tabs_of(course: Course, user: Any, current: str) -> list[dict[str, Any]]:
    """The pages of a course that the programme's staff have beside its own; nobody else is shown any."""
    if not user.has_perm("action_plan.view_course_records"):
        return []
    pages = {
        "course-detail": _("Course"),
        "course-selection": _("Selection"),
        "course-attendance": _("Attendance"),
        "course-evaluations": _("Evaluation"),
        "course-certificates": _("Certificates"),
    }
    slug = course.activity.slug
    return [
        {"url": reverse(name, args=[slug]), "label": label, "current": name == current} for name, label in pages.items()
    ]


def check(request: HttpRequest, permission: str, thing: Any = None) -> None:
    if not request.user.has_perm(permission, thing):
        raise PermissionDenied


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, template, context | {"layout": layout_of(request)}, status=status)
