"""Where a liaison begins: what is due, what came back, and how the state stood last."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from capability.drafts import WorkingCopy
from capability.models import Edition, Update
from capability.result import last_result
from common.scope import reach_of
from member_states.models import MemberState


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if reach_of(request.user).staff:
        return redirect("region")
    states = list(MemberState.objects.own(request.user).in_order())
    if not states and reach_of(request.user).partners:
        return redirect("partnership")
    if not states:
        return render(request, "capability/home_none.html")
    state = next((state for state in states if state.slug == request.GET.get("state")), states[0])
    updates = list(_updates(request.user, state))
    open_now = sorted(
        (update for update in updates if update.is_open or (update.round and update.round.is_open)),
        key=lambda update: (not update.is_to_fill, update.due_on),
    )
    current = open_now[0] if open_now else None
    context = {
        "state": state,
        "states": states,
        "update": current,
        "copy": WorkingCopy(current, request.user) if current else None,
        "others": open_now[1:],
        "past": [update for update in updates if update not in open_now],
        "result": last_result(request.user, state, _edition(request.user)),
        **_plan(request.user, state),
        "may_send": current is not None and request.user.has_perm("capability.submit_update", current),
    }
    return render(request, "capability/home.html", context)


@require_safe
def update_current(request: HttpRequest) -> HttpResponse:
    """To the open update of the reader's state; to a choice when there are two; else a page that says what is next."""
    if reach_of(request.user).staff:
        return redirect("update-inbox")
    mine = Update.objects.visible_to(request.user).filter(state__in=reach_of(request.user).states)
    updates = list(mine.still_open().select_related("state", "round").in_order_of_due_date())
    to_fill = [update for update in updates if update.is_to_fill]
    for only in (to_fill, updates):
        if len(only) == 1:
            return redirect(only[0])
    last = mine.in_rounds().select_related("state", "round").first()
    return render(request, "capability/update_current.html", {"updates": updates, "last": last})


def _plan(user: Any, state: MemberState) -> dict[str, Any]:
    """The plan that is in force or waits for the state's agreement (action_plan stands above, so through the state)."""
    plan = state.plans.visible_to(user).with_period_for(user).select_related("state").current_first().first()
    waits = state.plans.visible_to(user).waiting_for_state().select_related("state").first()
    may_answer = waits is not None and user.has_perm("action_plan.answer_plan", waits)
    return {"plan": plan, "plan_that_waits": waits, "may_answer_plan": may_answer}


def _updates(user: Any, state: MemberState) -> Any:
    updates = Update.objects.visible_to(user).in_rounds().filter(state=state)
    return updates.select_related("state", "round", "edition").order_by("-round__year", "-round__number")


def _edition(user: Any) -> Edition | None:
    return Edition.objects.visible_to(user).filter(is_rated_by_states=True).first()
