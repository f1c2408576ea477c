from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from rules.permissions import has_perm

from capability.models import Submission, Update
from capability.reads import note_answers, note_profile
from common.downloads import about_one, table_response
from common.scope import reach_of
from member_states.models import MemberState
from reporting.dashboards.maturity import Maturity
from reporting.dashboards.state import StateProfile, sees_inside, states_in_full, tabs_of
from reporting.dashboards.state_list import StateList
from reporting.filters import MemberStateFilter
from reporting.update_table import update_rows


def _layout(user: Any) -> str:
    return "layouts/workspace.html" if reach_of(user).staff else "layouts/service.html"


def state_context(request: HttpRequest, state: MemberState) -> dict[str, Any]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "state": state,
        "layout": _layout(request.user),
        "tabs": tabs_of(request.user, state, here),
        # asked of the rules alone: a "no" would send Django's own backend to the database for permissions nobody has
        "may_make_run": request.user.is_authenticated and has_perm("reporting.make_run", request.user),
    }


@require_safe
@login_not_required
def state_list(request: HttpRequest) -> HttpResponse:
    narrowed = _narrowed(request)
    context = {"filter": narrowed, "list": StateList(request.user, narrowed.qs), "layout": _layout(request.user)}
    return render(request, "reporting/state_list.html", context)


@require_safe
@login_not_required
def state_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    return table_response(StateList(request.user, _narrowed(request).qs).rows(), "member-states", form)


def _narrowed(request: HttpRequest) -> MemberStateFilter:
    states = MemberState.objects.visible_to(request.user).with_participation().in_order()
    return MemberStateFilter(request.GET, states)


@require_safe
@login_not_required
def state_detail(request: HttpRequest, slug: str) -> HttpResponse:
    state = get_object_or_404(states_in_full(request.user), slug=slug)
    profile = StateProfile(request.user, state)
    note_profile(request, state)
    return render(request, "reporting/state_detail.html", state_context(request, state) | {"profile": profile})


@require_safe
@login_not_required
def state_maturity(request: HttpRequest, slug: str) -> HttpResponse:
    state = get_object_or_404(states_in_full(request.user), slug=slug)
    context = state_context(request, state) | {"maturity": _maturity(request, state)}
    return render(request, "reporting/state_maturity.html", context)


@require_safe
@login_not_required
def maturity_table(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=slug)
    page = reverse("state-maturity", args=[slug])
    return table_response(about_one(_maturity(request, state).rows(), slug, page), f"{slug}-maturity", form)


def _maturity(request: HttpRequest, state: MemberState) -> Maturity:
    maturity = Maturity(request.user, state, request.GET.get("round", ""))
    note_answers(request, maturity.given.values())
    return maturity


@require_safe
def state_updates(request: HttpRequest, slug: str) -> HttpResponse:
    state = get_object_or_404(states_in_full(request.user), slug=slug)
    context = state_context(request, state) | {"updates": _updates(request, state)}
    return render(request, "reporting/state_updates.html", context)


@require_safe
def update_table(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=slug)
    return table_response(update_rows(request.user, _updates(request, state)), f"{slug}-updates", form)


def _updates(request: HttpRequest, state: MemberState) -> Any:
    if not sees_inside(request.user, state):
        raise Http404
    sent = Submission.objects.visible_to(request.user).select_related("submitted_by")
    updates = Update.objects.visible_to(request.user).in_rounds().filter(state=state).select_related("round", "state")
    return updates.prefetch_related(Prefetch("submissions", sent))
