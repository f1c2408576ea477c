"""Schedules: in plain words, new, changed, paused."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import StaffRole, User
from member_states.models import MemberState
from reporting import actions
from reporting.due import queue_due
from reporting.forms import ScheduleForm
from reporting.models import Run, Schedule
from reporting.plain_words import Plan, sentences
from reporting.ready_made import READY_MADE, switch_on

LAST_RUNS = 5


@require_safe
def schedule_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("reporting.view_reports"):
        raise PermissionDenied
    return render(request, "reporting/schedule_list.html", schedules_for(request))


def schedules_for(request: HttpRequest) -> dict[str, Any]:
    """What the list of schedules shows, here and on top of the reports."""
    now = timezone.now()
    rows = [(schedule, sentences(plan_of(schedule), now)) for schedule in _with_names(request.user)]
    return {
        "schedules": rows,
        "ready_made": READY_MADE.values(),
        "may_change": request.user.has_perm("reporting.change_schedule"),
        "may_make": request.user.has_perm("reporting.make_run"),
    }


@require_http_methods(["GET", "POST"])
def schedule_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("reporting.change_schedule"):
        raise PermissionDenied
    offer = READY_MADE.get(request.POST.get("ready", ""))
    if offer:
        messages.success(request, _("The schedule is on."))
        return redirect(switch_on(offer, by=user))
    states = MemberState.objects.visible_to(user).participating().values_list("pk", flat=True)
    initial = {
        "states": list(states),
        "languages": [user.language],
        "time_zone": user.time_zone,
        "at": "08:00",
        "every": "month",
        "weekday": 0,
        "day": 1,
    }
    form = ScheduleForm(request.POST or None, user=user, initial=initial)
    return _edit(request, form, "reporting/schedule_form.html", {})


@require_http_methods(["GET", "POST"])
def schedule_detail(request: HttpRequest, pk: int) -> HttpResponse:
    schedule = _find(request, pk)
    may_change = request.user.has_perm("reporting.change_schedule")
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    runs = Run.objects.visible_to(request.user).filter(schedule=schedule).select_related("state")
    context = {
        "schedule": schedule,
        "sentences": sentences(plan_of(schedule), timezone.now()),
        "runs": runs.order_by("-pk")[:LAST_RUNS],
        "may_change": may_change,
    }
    form = ScheduleForm(request.POST or None, user=request.user, instance=schedule) if may_change else None
    return _edit(request, form, "reporting/schedule_detail.html", context)


@require_POST
def schedule_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Pauses it, or ends the pause: the button says which it meant."""
    schedule = _find(request, pk)
    if not request.user.has_perm("reporting.change_schedule"):
        raise PermissionDenied
    if request.POST.get("do") == "resume":
        actions.resume(schedule=schedule, by=request.user)
        messages.success(request, _("The schedule goes on. What fell into the pause is not made."))
    else:
        actions.pause(schedule=schedule, by=request.user)
        messages.success(request, _("The schedule is paused. Nothing is made until you let it go on."))
    return redirect(schedule)


def _edit(request: HttpRequest, form: ScheduleForm | None, template: str, context: dict[str, Any]) -> HttpResponse:
    """`step` says which button was pressed; the preview alone saves nothing."""
    step = request.POST.get("step", "save")
    valid = form is not None and form.is_bound and form.is_valid()
    if valid and request.method == "POST" and step == "save":
        return _saved(request, form)  # type: ignore[arg-type]
    if valid:
        context |= {"preview": sentences(form.plan(), timezone.now()), "without": form.without_liaison()}  # type: ignore[union-attr]
    context["form"] = form
    if request.headers.get("HX-Request") and step == "preview":
        return render(request, "reporting/schedule_preview.html", context)
    refused = bool(form and form.is_bound and not valid)
    return render(request, template, context, status=422 if refused else 200)


def _saved(request: HttpRequest, form: ScheduleForm) -> HttpResponse:
    if form.instance.pk:
        queue_due(Schedule.objects.visible_to(request.user).get(pk=form.instance.pk))  # as it was ordered until now
    schedule = form.save()
    messages.success(request, _("The schedule is saved."))
    return redirect(schedule)


def _find(request: HttpRequest, pk: int) -> Schedule:
    schedule = get_object_or_404(_with_names(request.user), pk=pk)
    if not request.user.has_perm("reporting.view_reports"):
        raise PermissionDenied
    return schedule


def _with_names(user: Any) -> Any:
    staff = User.objects.visible_to(user).with_staff_role(*StaffRole.PROGRAMME).order_by("name", "pk")
    states = MemberState.objects.visible_to(user).in_order()
    return (
        Schedule.objects.visible_to(user)
        .prefetch_related(Prefetch("states", states), Prefetch("recipients", staff))
        .order_by("-is_active", "pk")
    )


def plan_of(schedule: Schedule) -> Plan:
    return Plan(schedule, list(schedule.states.all()), list(schedule.recipients.all()))
