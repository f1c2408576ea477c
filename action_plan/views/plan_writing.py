"""Writing a plan: its period, its points, and what is offered to the state."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from action_plan.actions import plans as actions
from action_plan.forms.plans import LineForm, OfferForm, PeriodForm
from action_plan.models import CountryPlan, PlanLine
from action_plan.needs import Present
from action_plan.plan_page import PlanPage
from action_plan.text import line_text, written
from action_plan.views.plan_finding import check, find_plan
from capability.reads import note_profile
from documents.views import layout_of
from member_states.models import MemberState
from review.actions import Refused

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def plan_new(request: HttpRequest, slug: str) -> HttpResponse:
    state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=slug)
    check(request, "draft_plan", state)
    form = PeriodForm(_sent(request), state=state, initial={"owner": request.user.pk})
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on", "owner")}
        try:
            plan = actions.begin_plan(state=state, by=request.user, **given)
        except Refused as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            messages.success(request, _("The plan is begun. Say for each point what it needs."))
            return redirect(plan)
    return _form(request, "action_plan/plan_period.html", {"form": form, "state": state})


@require_http_methods(GET_POST)
def plan_period(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    plan = find_plan(request, slug, pk)
    check(request, "draft_plan", plan)
    said = {"starts_on": plan.starts_on, "ends_on": plan.ends_on, "owner": plan.owner_id, "edited": plan.edited}
    form = PeriodForm(_sent(request), state=plan.state, initial=said)
    if form.is_valid() and _saved_period(request, plan, form):
        messages.success(request, _("The plan is saved."))
        return redirect(plan)
    return _form(request, "action_plan/plan_period.html", {"form": form, "state": plan.state, "plan": plan})


def _saved_period(request: HttpRequest, plan: CountryPlan, form: PeriodForm) -> bool:
    given = dict(form.cleaned_data)
    edited = given.pop("edited") or 0
    try:
        actions.save_period(plan=plan, edited=edited, by=request.user, **given)
    except Refused as refusal:
        form.add_error("starts_on", str(refusal))
    except actions.Changed:
        plan.refresh_from_db()
        again(form, plan.edited)
    return not form.errors


@require_http_methods(GET_POST)
def plan_line(request: HttpRequest, slug: str, pk: int, point: int) -> HttpResponse:
    plan = find_plan(request, slug, pk)
    lines = PlanLine.objects.visible_to(request.user).filter(plan=plan)
    line: PlanLine = get_object_or_404(lines.prefetch_related("needs"), point=point)
    check(request, "draft_plan", plan)
    note_profile(request, plan.state)
    text = written(plan)
    said = text.line(point) or line_text(line)
    form = LineForm(_sent(request), line=said, plan=text, present=Present(request.user, plan.state), edited=line.edited)
    if form.is_valid() and _saved_line(request, line, form):
        messages.success(request, _("Point %(point)s is saved.") % {"point": point})
        return redirect(plan)
    context = {"form": form, "state": plan.state, "plan": plan, "line": said, "edited_line": line}
    return _form(request, "action_plan/plan_line.html", context)


def _saved_line(request: HttpRequest, line: PlanLine, form: LineForm) -> bool:
    kept, added = form.needs_to_save()
    edited = form.cleaned_data["edited"] or 0
    try:
        actions.save_line(line=line, said=form.columns(), needs=added, kept=kept, edited=edited, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except actions.Changed:
        line.refresh_from_db()
        again(form, line.edited)
    return not form.errors


@require_http_methods(GET_POST)
def plan_offer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the state gets to read, before it gets it."""
    plan = find_plan(request, slug, pk)
    check(request, "draft_plan", plan)
    form = OfferForm(_sent(request))
    if form.is_valid():
        try:
            version = actions.offer(plan=plan, message=form.cleaned_data["message"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = {"state": plan.state, "number": version.number}
            messages.success(request, _("Version %(number)s is offered to %(state)s.") % said)
            return redirect(plan)
    page = PlanPage(request.user, plan)
    context = {"form": form, "state": plan.state, "plan": plan, "page": page, "text": written(plan)}
    return _form(request, "action_plan/plan_offer.html", context)


def _sent(request: HttpRequest) -> Any:
    """An empty form that was sent is refused with its reasons, not shown as if it had been asked for."""
    return request.POST if request.method == "POST" else None


def again(form: Any, edited: int) -> None:
    """What was typed stays; sent once more, it goes over what the colleague saved."""
    form.data = form.data.copy()
    form.data["edited"] = str(edited)
    form.add_error(
        None, _("Somebody saved this while you wrote. Your words are still here: save again to replace theirs.")
    )


def _form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, template, context | {"layout": layout_of(request)}, status=status)
