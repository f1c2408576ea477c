"""Schedules: in plain words, new, changed, paused."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import StaffRole, User
from common.downloads import table_response, where, whereabouts
from member_states.models import MemberState
from reporting import actions
from reporting.due import queue_due
from reporting.forms import ScheduleForm
from reporting.kinds import BY_SLUG, KINDS, READY_MADE, ReportKind
from reporting.models import Kind, Run, Schedule
from reporting.plain_words import Plan, sentences
from reporting.ready_made import offers, switch_on

LAST_RUNS = 5


@require_safe
def schedule_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("reporting.view_reports"):
        raise PermissionDenied
    return render(request, "reporting/schedule_list.html", schedules_for(request))


@require_safe
def schedule_table(request: HttpRequest, form: str) -> HttpResponseBase:
    if not request.user.has_perm("reporting.view_reports"):
        raise PermissionDenied
    return table_response(table(with_names(request.user)), f"schedules-{get_language()}", form)


def schedules_for(request: HttpRequest) -> dict[str, Any]:
    """What the list of schedules shows, here and on top of the reports."""
    now = timezone.now()
    rows = [(schedule, sentences(plan_of(schedule), now)) for schedule in with_names(request.user)]
    return {
        "schedules": rows,
        "ready_made": offers([schedule for schedule, _words in rows], request.user),
        "may_change": request.user.has_perm("reporting.change_schedule"),
        "may_make": request.user.has_perm("reporting.make_run"),
    }


@require_http_methods(["GET", "POST"])
def schedule_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("reporting.change_schedule"):
        raise PermissionDenied
    if request.POST.get("ready", "") in READY_MADE:
        messages.success(request, _("The schedule is on."))
        return redirect(switch_on(*READY_MADE[request.POST["ready"]], by=user))
    kind = chosen_kind(request)
    states = MemberState.objects.visible_to(user).participating().values_list("pk", flat=True)
    initial = {
        "states": list(states),
        "languages": [user.language],
        "time_zone": user.time_zone,
        "at": "08:00",
        "weekday": 0,
        "day": 1,
        "recipients": [] if kind.is_about_states else [user.pk],
        **kind.suggests,
    }
    form = ScheduleForm(request.POST or None, user=user, kind=kind, initial=initial)
    return _edit(request, form, "reporting/schedule_form.html", {"kind": kind, "kinds": kind_tabs(kind)})


def chosen_kind(request: HttpRequest) -> ReportKind:
    """As the address says, or a form that was sent; a brief when neither does."""
    slug = request.POST.get("kind") or request.GET.get("kind", "")
    return BY_SLUG.get(slug, KINDS[Kind.COUNTRY_BRIEF])


def kind_tabs(chosen: ReportKind) -> list[dict[str, Any]]:
    return [{"url": f"?kind={kind.slug}", "label": kind.title, "current": kind is chosen} for kind in KINDS.values()]


@require_http_methods(["GET", "POST"])
def schedule_detail(request: HttpRequest, pk: int) -> HttpResponse:
    schedule = _find(request, pk)
    may_change = request.user.has_perm("reporting.change_schedule")
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    runs = Run.objects.visible_to(request.user).filter(schedule=schedule).select_related("state", "round", "agreement")
    kind = KINDS[schedule.kind]
    context = {
        "schedule": schedule,
        "kind": kind,
        "sentences": sentences(plan_of(schedule), timezone.now()),
        "runs": runs.order_by("-pk")[:LAST_RUNS],
        "may_change": may_change,
    }
    given: dict[str, Any] = {"user": request.user, "kind": kind, "instance": schedule}
    form = ScheduleForm(request.POST or None, **given) if may_change else None
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
    schedule = get_object_or_404(with_names(request.user), pk=pk)
    if not request.user.has_perm("reporting.view_reports"):
        raise PermissionDenied
    return schedule


def with_names(user: Any) -> Any:
    staff = User.objects.visible_to(user).with_staff_role(*StaffRole.PROGRAMME).order_by("name", "pk")
    states = MemberState.objects.visible_to(user).in_order()
    return (
        Schedule.objects.visible_to(user)
        .prefetch_related(Prefetch("states", states), Prefetch("recipients", staff))
        .order_by("-is_active", "pk")
    )


def table(schedules: Any) -> Iterator[list[Any]]:
    yield [_("Report"), _("When"), _("For whom"), _("Status"), *where()]
    for schedule in schedules:
        what, when, who = sentences(plan_of(schedule), timezone.now())[:3]
        yield [what, when, who, _("Active") if schedule.is_active else _("Paused"), *whereabouts(schedule)]


def plan_of(schedule: Schedule) -> Plan:
    return Plan(schedule, list(schedule.states.all()), list(schedule.recipients.all()))
