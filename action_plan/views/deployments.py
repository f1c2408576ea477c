"""The deployment of a state's CSIRT: milestones with what proves them; for the state and the programme's staff."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from action_plan.actions import deployments as actions
from action_plan.deployment_list import DeploymentFilter, DeploymentRows, deployments_for, table
from action_plan.deployment_page import DeploymentPage, deployment_of
from action_plan.forms.deployments import MilestoneForm, StartForm, TeamForm
from action_plan.models import Activity, Milestone
from common.downloads import csv_response, xlsx_response
from common.translated import by_name
from documents.views import layout_of
from member_states.models import MemberState
from review.actions import Refused

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _find(request: HttpRequest, slug: str) -> MemberState:
    """Others do not learn whether there is a deployment."""
    state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=slug)
    if not request.user.has_perm("action_plan.view_deployment", state):
        raise Http404
    return state


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_safe
def deployment_list(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    rows = list(DeploymentRows(request.user, chosen.qs))
    context = {"filter": chosen, "rows": rows, "layout": layout_of(request)}
    return render(request, "action_plan/deployment_list.html", context)


@require_safe
def deployment_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(_lines(request), f"deployments-{get_language()}.csv")


@require_safe
def deployment_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(_lines(request), f"deployments-{get_language()}.xlsx")


def _chosen(request: HttpRequest) -> DeploymentFilter:
    if not request.user.has_perm("action_plan.view_deployments"):
        raise PermissionDenied
    seen = deployments_for(request.user).order_by(by_name("state__name"), "pk")
    return DeploymentFilter(request.GET, seen, request=request)


def _lines(request: HttpRequest) -> Iterator[list[Any]]:
    return table(DeploymentRows(request.user, _chosen(request).qs))


@require_safe
def deployment_detail(request: HttpRequest, slug: str) -> HttpResponse:
    state = _find(request, slug)
    page = deployment_of(request.user, state)
    activities = Activity.objects.visible_to(request.user)
    context = {
        "state": state,
        "page": page,
        "activity": activities.filter(pk=page.deployment.activity_id).first() if page else None,
        "may_record": request.user.has_perm("action_plan.record_deployment", state),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/deployment_detail.html", context)


def _to_record(request: HttpRequest, slug: str) -> MemberState:
    state = _find(request, slug)
    if not request.user.has_perm("action_plan.record_deployment", state):
        raise PermissionDenied
    return state


@form_page
def deployment_start(request: HttpRequest, slug: str) -> HttpResponse:
    state = _to_record(request, slug)
    form = StartForm(_posted(request), by=request.user, state=state)
    if form.is_valid():
        try:
            return redirect(actions.start(state=state, by=request.user, **form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _form(request, state, form, _("Record the deployment"))


@form_page
def deployment_team(request: HttpRequest, slug: str) -> HttpResponse:
    state = _to_record(request, slug)
    page = _standing(request, state)
    form = TeamForm(_posted(request), by=request.user, state=state, initial={"team": page.deployment.team_id})
    if form.is_valid():
        actions.set_team(deployment=page.deployment, by=request.user, **form.cleaned_data)
        messages.success(request, _("The team is named."))
        return redirect(page.deployment)
    return _form(request, state, form, _("Name the team"))


@form_page
def deployment_milestone(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    state = _to_record(request, slug)
    page = _standing(request, state)
    if step not in Milestone.Step.values:
        raise Http404
    stop = next(stop for stop in page.stops if stop.code == step)
    form = MilestoneForm(_posted(request), milestone=stop.milestone)
    if form.is_valid():
        actions.record(deployment=page.deployment, step=step, by=request.user, **form.cleaned_data)
        messages.success(request, _("The milestone is kept."))
        return redirect(page.deployment)
    return _form(request, state, form, stop.label)


def _standing(request: HttpRequest, state: MemberState) -> DeploymentPage:
    page = deployment_of(request.user, state)
    if page is None:
        raise Http404
    return page


def _form(request: HttpRequest, state: MemberState, form: Any, title: Any) -> HttpResponse:
    context = {"state": state, "form": form, "title": title, "layout": layout_of(request)}
    return render(request, "action_plan/deployment_form.html", context, status=422 if form.errors else 200)
