"""Country plans to be read: of one state, as a board or a list, and of all states."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from action_plan.models import PlanVersion
from action_plan.plan_list import PlanFilter, PlanRows
from action_plan.plan_page import PlanPage, plans_for
from action_plan.views.plan_finding import check, find_plan, find_version, may_write
from capability.reads import note_profile
from common.scope import reach_of
from documents.views import layout_of
from member_states.models import MemberState


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    check(request, "list_plans")
    narrowed = PlanFilter(request.GET, plans_for(request.user), request=request)
    context = {
        "filter": narrowed,
        "rows": PlanRows(request.user, narrowed.qs),
        "layout": layout_of(request),
        "without": _without_plan(request.user),
        "may_draft": request.user.has_perm("action_plan.draft_plan"),
    }
    return render(request, "action_plan/plan_list.html", context)


@require_safe
def own_plan(request: HttpRequest) -> HttpResponse:
    """To the plan of the reader's state; staff have a list of all."""
    reach = reach_of(request.user)
    if reach.staff:
        return redirect("plan-list")
    states = MemberState.objects.own(request.user).in_order()
    state = next(iter(states), None)
    if state is None:
        raise Http404
    return redirect("plan", state.slug)


@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The one in force today, or what comes next to it. Without any, a page that says so."""
    state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=slug)
    reach = reach_of(request.user)
    if not reach.staff and state.pk not in reach.states:
        raise Http404
    current = plans_for(request.user).filter(state=state).current_first().first()
    if current is None:
        may_draft = request.user.has_perm("action_plan.draft_plan", state)
        context = {"state": state, "layout": layout_of(request), "may_draft": may_draft}
        return render(request, "action_plan/plan_none.html", context)
    return _page(request, PlanPage(request.user, current))


@require_safe
def plan_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _page(request, PlanPage(request.user, find_plan(request, slug, pk)))


@require_safe
def plan_version(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    found = find_plan(request, slug, pk)
    version: PlanVersion = find_version(request, found, number)
    note_profile(request, found.state)
    page = PlanPage(request.user, found, version)
    context = {"page": page, "plan": found, "state": found.state, "layout": layout_of(request)}
    return render(request, "action_plan/plan_version.html", context)


def _page(request: HttpRequest, page: PlanPage) -> HttpResponse:
    note_profile(request, page.plan.state)
    asked = request.GET.get("year", "")
    board = page.board(int(asked) - 1 if asked.isdecimal() and len(asked) < 3 else None)
    selected = page.selected(request.GET.get("activity", ""))
    context = {
        "page": page,
        "plan": page.plan,
        "state": page.state,
        "board": board,
        "lanes": page.lanes(board),
        "selected": selected,
        "sectors": page.sectors(selected),
        "is_list": request.GET.get("view") == "list",
        "others": list(plans_for(request.user).filter(state=page.state).exclude(pk=page.plan.pk)),
        "may_write": may_write(request, page.plan),
        "may_answer": request.user.has_perm("action_plan.answer_plan", page.plan),
        "years": range(1, board.pages + 1),
        "targets": list(page.targets.items()),
        "edit_plan": page.plan if _may_edit(request, page) else None,
        "layout": layout_of(request),
    }
    return render(request, "action_plan/plan.html", context)


def _may_edit(request: HttpRequest, page: PlanPage) -> bool:
    """The lines shown are those that are being written."""
    return page.version is None and page.plan.is_being_written and may_write(request, page.plan)


def _without_plan(user: Any) -> Any:
    """States that take part today and have no plan that is not closed."""
    have = plans_for(user).exclude(status="closed").values("state")
    return MemberState.objects.visible_to(user).participating().exclude(pk__in=have).in_order()
