"""Missions: the list, the page of one, and what officers write in it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import missions as actions
from action_plan.forms.missions import (
    FindingsForm,
    MissionActivityForm,
    MissionForm,
    NewMissionForm,
    TeamFormSet,
    roster_of,
    taken,
)
from action_plan.mission_filter import MissionFilter, table, whole
from action_plan.models import AskedSupport, Findings, Mission, MissionMember, Recommendation
from common.downloads import csv_response, xlsx_response
from documents.views import layout_of

ON_A_PAGE = 40
RUN = "action_plan.run_missions"


@require_safe
def mission_list(request: HttpRequest) -> HttpResponse:
    chosen = chosen_of(request)
    page = Paginator(chosen.qs.select_related("activity", "state"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filter": chosen, "may_run": request.user.has_perm(RUN)}
    return show(request, "action_plan/mission_list.html", context)


@require_safe
def mission_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(_lines(request), f"missions-{get_language()}.csv")


@require_safe
def mission_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(_lines(request), f"missions-{get_language()}.xlsx")


def chosen_of(request: HttpRequest) -> MissionFilter:
    check(request, "action_plan.view_missions")
    return MissionFilter(request.GET, Mission.objects.visible_to(request.user).in_order(), request=request)


def _lines(request: HttpRequest) -> Iterator[list[Any]]:
    return table(whole(chosen_of(request).qs, request.user))


@require_safe
def mission_detail(request: HttpRequest, slug: str) -> HttpResponse:
    mission, user = find_mission(request, slug), request.user
    members = MissionMember.objects.visible_to(user).named_for(user)
    found = Recommendation.objects.visible_to(user).filter(mission=mission).select_related("factor")
    context = {
        "mission": mission,
        "activity": mission.activity,
        "members": members.filter(mission=mission),
        "asked": AskedSupport.objects.visible_to(user).filter(missions=mission).first(),
        "findings": Findings.objects.visible_to(user).filter(mission=mission).exclude(text="").first(),
        "recommendations": found.order_by("number"),
        "may_run": user.has_perm(RUN, mission),
    }
    return show(request, "action_plan/mission_detail.html", context)


@require_http_methods(["GET", "POST"])
def mission_new(request: HttpRequest) -> HttpResponse:
    check(request, RUN)
    form = NewMissionForm(request.POST or None, user=request.user, initial=_asked_for(request))
    about = MissionActivityForm(request.POST or None, user=request.user)
    if request.method == "POST" and all([form.is_valid(), about.is_valid()]):
        activity = about.activity(is_shared=form.cleaned_data["is_shared"])
        mission = actions.make_mission(activity=activity, mission=form.save(commit=False), by=request.user)
        messages.success(request, _("The mission is made. Say now who goes, and what the agenda is."))
        return redirect(mission)
    return show(request, "action_plan/mission_new.html", {"form": form, "about": about})


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the request that one comes from knows already: /missions/new/?request=7."""
    number = request.GET.get("request", "")
    asked = AskedSupport.objects.visible_to(request.user)
    found = asked.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 10 else None
    if found is None:
        return {}
    day = timezone.localdate(found.asked_at)
    return {"state": found.state_id, "answers": found.pk, "request": found.need, "requested_on": day}


@require_http_methods(["GET", "POST"])
def mission_edit(request: HttpRequest, slug: str) -> HttpResponse:
    mission = find_mission(request, slug)
    check(request, RUN, mission)
    form = MissionForm(request.POST or None, instance=find_mission(request, slug), user=request.user)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            actions.change_mission(
                mission=mission, edited=form.cleaned_data["edited"] or 0, facts=facts, by=request.user
            )
        except actions.Refused as refused:
            form.add_error(None, str(refused))
            taken(form, "edited", mission.edited)
        else:
            messages.success(request, _("The mission is saved."))
            return redirect(mission)
    return show(request, "action_plan/mission_form.html", {"form": form, "mission": mission})


@require_http_methods(["GET", "POST"])
def mission_team(request: HttpRequest, slug: str) -> HttpResponse:
    mission = find_mission(request, slug)
    check(request, RUN, mission)
    members = MissionMember.objects.visible_to(request.user).filter(mission=mission)
    initial = list(members.values(*actions.OF_MEMBER))
    roster = {"roster": roster_of(request.user, mission)}
    forms = TeamFormSet(request.POST or None, initial=initial, form_kwargs=roster)
    context = {"forms": forms, "mission": mission}
    if request.method == "POST" and forms.is_valid():
        people = [form.cleaned_data for form in forms if form.is_somebody]
        try:
            actions.set_team(mission=mission, members=people, by=request.user)
        except actions.Refused as refused:
            context["refused"] = str(refused)
        else:
            messages.success(request, _("The team is saved."))
            return redirect(mission)
    return show(request, "action_plan/mission_team.html", context, bound=forms)


@require_http_methods(["GET", "POST"])
def mission_findings(request: HttpRequest, slug: str) -> HttpResponse:
    mission = find_mission(request, slug)
    check(request, RUN, mission)
    stored = Findings.objects.visible_to(request.user).filter(mission=mission).first()
    initial = {"text": stored.text if stored else "", "edited": stored.edited if stored else 0}
    form = FindingsForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.write_findings(mission=mission, by=request.user, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
            taken(form, "edited", initial["edited"])
        else:
            messages.success(request, _("The findings are saved."))
            return redirect(mission)
    context = {"form": form, "mission": mission, "stored": stored if form.errors else None}
    return show(request, "action_plan/mission_findings.html", context)


@require_POST
def mission_release(request: HttpRequest, slug: str) -> HttpResponse:
    mission = find_mission(request, slug)
    check(request, RUN, mission)
    try:
        actions.release(mission=mission, by=request.user)
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The state reads findings and recommendations now, and its liaisons are told."))
    return redirect(mission)


def find_mission(request: HttpRequest, slug: str) -> Mission:
    missions = Mission.objects.visible_to(request.user).select_related("activity__officer", "state")
    return get_object_or_404(missions, activity__slug=slug)


def check(request: HttpRequest, permission: str, record: Any = None) -> None:
    if not request.user.has_perm(permission, record):
        raise PermissionDenied


def show(request: HttpRequest, template: str, context: dict[str, Any], *, bound: Any = None) -> HttpResponse:
    """422 where something that was sent is refused."""
    form = bound if bound is not None else context.get("form")
    status = 422 if request.method == "POST" and form is not None else 200
    return render(request, template, {"layout": layout_of(request), **context}, status=status)
