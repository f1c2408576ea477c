"""The four sections without a stage as pages of a state, and all of it seen together; each as far as it is shared."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from capability.reads import note_profile
from common.downloads import about_one, table_response
from member_states.models import MemberState
from reporting.dashboards.sections.csirt import CsirtPage
from reporting.dashboards.sections.needs import Needs
from reporting.dashboards.sections.requests import RequestsPage
from reporting.dashboards.sections.said import csv_rows
from reporting.dashboards.sections.strategy import StrategyPage
from reporting.dashboards.sections.threats import ThreatsPage
from reporting.dashboards.state import states_in_full
from reporting.views.states import state_context


@require_safe
@login_not_required
def state_csirt(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, slug, "csirt", CsirtPage)


@require_safe
@login_not_required
def state_strategy(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, slug, "strategy", StrategyPage)


@require_safe
@login_not_required
def state_threats(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, slug, "threats", ThreatsPage)


@require_safe
@login_not_required
def state_requests(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, slug, "requests", RequestsPage)


@require_safe
@login_not_required
def state_needs(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, slug, "needs", Needs)


@require_safe
@login_not_required
def csirt_table(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    state = _state(request, slug)
    return _table(csv_rows(CsirtPage(request.user, state).said), slug, "csirt", form)


@require_safe
@login_not_required
def strategy_table(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    state = _state(request, slug)
    return _table(csv_rows(StrategyPage(request.user, state).said), slug, "strategy", form)


@require_safe
@login_not_required
def threats_table(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    state = _state(request, slug)
    return _table(ThreatsPage(request.user, state).csv_rows(), slug, "threats", form)


@require_safe
@login_not_required
def requests_table(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    state = _state(request, slug)
    return _table(csv_rows(RequestsPage(request.user, state).said), slug, "requests", form)


def _table(rows: Any, slug: str, section: str, form: str) -> HttpResponseBase:
    page = reverse(f"state-{section}", args=[slug])
    return table_response(about_one(rows, slug, page), f"{slug}-{section}", form)


def _state(request: HttpRequest, slug: str) -> MemberState:
    state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=slug)
    note_profile(request, state)
    return state


def _page(request: HttpRequest, slug: str, name: str, page: Any) -> HttpResponse:
    state = get_object_or_404(states_in_full(request.user), slug=slug)
    note_profile(request, state)
    context = state_context(request, state) | {"page": page(request.user, state)}
    return render(request, f"reporting/state_{name}.html", context)
