"""Maturity over time, of a state and of the region; and what moved, with what came before it."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from rules.contrib.views import permission_required

from capability.reads import note_profile
from common.downloads import about_one, csv_response, xlsx_response
from documents.views import layout_of
from member_states.models import MemberState
from reporting.dashboards.state import states_in_full
from reporting.insight.forms import MovesForm
from reporting.insight.moves import Moves
from reporting.insight.over_time import OverTime
from reporting.insight.region import RegionOverTime
from reporting.views.states import state_context

PAGE = 40


@require_safe
@login_not_required
def state_over_time(request: HttpRequest, slug: str) -> HttpResponse:
    state = get_object_or_404(states_in_full(request.user), slug=slug)
    note_profile(request, state)
    shown = {"page": OverTime(request.user, state), "moves": _moves_of(request, state)}
    return render(request, "reporting/state_over_time.html", state_context(request, state) | shown)


@require_safe
@login_not_required
def state_over_time_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    return csv_response(_over_time(request, slug), f"oas-cyber-over-time-{slug}.csv")


@require_safe
@login_not_required
def state_over_time_xlsx(request: HttpRequest, slug: str) -> FileResponse:
    return xlsx_response(_over_time(request, slug), f"oas-cyber-over-time-{slug}.xlsx")


@require_safe
@login_not_required
def state_moves_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    return csv_response(_moves_of(request, _state(request, slug)).rows(), f"oas-cyber-moves-{slug}.csv")


@require_safe
@login_not_required
def state_moves_xlsx(request: HttpRequest, slug: str) -> FileResponse:
    return xlsx_response(_moves_of(request, _state(request, slug)).rows(), f"oas-cyber-moves-{slug}.xlsx")


@require_safe
@login_not_required
def region_over_time(request: HttpRequest) -> HttpResponse:
    """For everybody: it holds figures of five states and more alone."""
    context = {"page": RegionOverTime(request.user, request.GET, turned=True), "layout": layout_of(request)}
    return render(request, "reporting/region_over_time.html", context)


@require_safe
@login_not_required
def region_over_time_csv(request: HttpRequest) -> StreamingHttpResponse:
    return csv_response(RegionOverTime(request.user, request.GET).rows(), "oas-cyber-region-over-time.csv")


@require_safe
@login_not_required
def region_over_time_xlsx(request: HttpRequest) -> FileResponse:
    return xlsx_response(RegionOverTime(request.user, request.GET).rows(), "oas-cyber-region-over-time.xlsx")


@require_safe
@permission_required("reporting.view_region", raise_exception=True)
def region_moves(request: HttpRequest) -> HttpResponse:
    moves = _moves(request)
    page = Paginator(moves.found, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "reporting/region_moves.html",
        {
            "moves": moves,
            "told": [
                (move, preceding, [one for one in preceding if one.factors])
                for move, preceding in moves.with_preceding(list(page))
            ],
            "query": query.urlencode(),
            "previous_url": _page_url(query, page.number - 1) if page.has_previous() else "",
            "next_url": _page_url(query, page.number + 1) if page.has_next() else "",
        },
    )


@require_safe
@permission_required("reporting.view_region", raise_exception=True)
def region_moves_csv(request: HttpRequest) -> StreamingHttpResponse:
    return csv_response(_moves(request).rows(), "oas-cyber-moves.csv")


@require_safe
@permission_required("reporting.view_region", raise_exception=True)
def region_moves_xlsx(request: HttpRequest) -> FileResponse:
    return xlsx_response(_moves(request).rows(), "oas-cyber-moves.xlsx")


def _state(request: HttpRequest, slug: str) -> MemberState:
    state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=slug)
    note_profile(request, state)
    return state


def _over_time(request: HttpRequest, slug: str) -> Iterator[list[Any]]:
    rows = OverTime(request.user, _state(request, slug)).rows()
    return about_one(rows, slug, reverse("state-over-time", args=[slug]))


def _moves_of(request: HttpRequest, state: MemberState) -> Moves:
    return Moves(request.user, MovesForm(request.GET, user=request.user, of_state=True), state)


def _moves(request: HttpRequest) -> Moves:
    return Moves(request.user, MovesForm(request.GET, user=request.user))


def _page_url(query: Any, number: int) -> str:
    changed = query.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"
