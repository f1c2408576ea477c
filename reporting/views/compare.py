from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from capability.reads import note_profile
from common.downloads import about_one, csv_response, xlsx_response
from member_states.models import MemberState
from reporting.dashboards.compare import Compare
from reporting.dashboards.state import states_in_full
from reporting.views.states import state_context


@require_safe
@login_not_required
def state_compare(request: HttpRequest, slug: str) -> HttpResponse:
    state = get_object_or_404(states_in_full(request.user), slug=slug)
    compare = _compare_of(request, state)
    return render(request, "reporting/state_compare.html", state_context(request, state) | {"compare": compare})


@require_safe
@login_not_required
def state_compare_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    compare = _compare(request, slug)
    return csv_response(_lines(compare), f"oas-cyber-compare-{compare.state.slug}.csv")


@require_safe
@login_not_required
def state_compare_xlsx(request: HttpRequest, slug: str) -> FileResponse:
    compare = _compare(request, slug)
    return xlsx_response(_lines(compare), f"oas-cyber-compare-{compare.state.slug}.xlsx")


def _lines(compare: Compare) -> Iterator[list[Any]]:
    slug = compare.state.slug
    return about_one(compare.rows(), slug, reverse("state-compare", args=[slug]))


def _compare(request: HttpRequest, slug: str) -> Compare:
    state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=slug)
    return _compare_of(request, state)


def _compare_of(request: HttpRequest, state: MemberState) -> Compare:
    compare = Compare(request.user, state, request.GET)
    note_profile(request, *compare.told_of)
    return compare
