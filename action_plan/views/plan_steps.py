"""The life of a plan after it was offered: the state signs it or sends it back, the programme does the rest."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions.plans import answer, take_step
from action_plan.forms.plans import ReasonForm, SendBackForm
from action_plan.models import CountryPlan
from action_plan.plan_page import PlanPage
from action_plan.states import WAYS, Verb
from action_plan.views.plan_finding import check, find_plan, find_version
from documents.views import layout_of
from review.actions import Refused


@require_safe
def plan_sign(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """What is offered, and for the lead liaison the answer. The deputies read it."""
    return _answer_page(request, find_plan(request, slug, pk), number, SendBackForm())


@require_POST
def plan_agree(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    plan = find_plan(request, slug, pk)
    check(request, "answer_plan", plan)
    try:
        answer(plan=plan, version=find_version(request, plan, number), verb=Verb.AGREE, by=request.user)
    except Refused as refusal:
        return _answer_page(request, plan, number, SendBackForm(), refusal)
    messages.success(request, _("You have agreed to the plan. The programme has been told."))
    return redirect(plan)


@require_POST
def plan_send_back(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    plan = find_plan(request, slug, pk)
    check(request, "answer_plan", plan)
    form = SendBackForm(request.POST)
    version = find_version(request, plan, number)
    if not form.is_valid():
        return _answer_page(request, plan, number, form)
    try:
        answer(plan=plan, version=version, verb=Verb.SEND_BACK, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        return _answer_page(request, plan, number, form, refusal)
    messages.success(request, _("The plan went back to the programme with your comment."))
    return redirect(plan)


def _answer_page(
    request: HttpRequest, plan: CountryPlan, number: int, form: Any, refusal: Refused | None = None
) -> HttpResponse:
    page = PlanPage(request.user, plan, find_version(request, plan, number))
    if page.waiting != page.asked and refusal is None and not form.is_bound:
        return redirect("plan-version", plan.state.slug, plan.pk, number)
    context = {
        "page": page,
        "plan": plan,
        "state": plan.state,
        "form": form,
        "refusal": refusal,
        "may_answer": request.user.has_perm("action_plan.answer_plan", plan),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/plan_sign.html", context, status=422 if refusal or form.is_bound else 200)


class Step(NamedTuple):
    """What a page of one step says. `asks` is the label of what is written with it."""

    heading: str | Promise
    about: str | Promise
    asks: str | Promise
    button: str | Promise
    done: str | Promise


STEPS = {
    "take-back": Step(
        gettext_lazy("Take back what was offered"),
        gettext_lazy("The state can no longer sign this version, and reads why."),
        gettext_lazy("Why"),
        pgettext_lazy("plan", "Take it back"),
        gettext_lazy("The version is taken back. Change it and offer it again."),
    ),
    "amend": Step(
        gettext_lazy("Begin an amendment"),
        gettext_lazy("The agreed version stays in force until the state has agreed to a new one."),
        gettext_lazy("Why it is to be amended"),
        gettext_lazy("Begin the amendment"),
        gettext_lazy("The amendment is begun. What is in force stays as it was signed."),
    ),
    "drop": Step(
        gettext_lazy("Drop the amendment"),
        gettext_lazy("What was written for it is discarded; the agreed version stays in force."),
        gettext_lazy("Why"),
        gettext_lazy("Drop the amendment"),
        gettext_lazy("The amendment is dropped. The plan says again what was signed."),
    ),
    "start": Step(
        gettext_lazy("Put the plan into effect"),
        gettext_lazy("From now on the plan is active."),
        gettext_lazy("A word on it"),
        gettext_lazy("Put it into effect"),
        gettext_lazy("The plan is active."),
    ),
    "close": Step(
        gettext_lazy("Close the plan"),
        gettext_lazy("It is kept as it was signed, with what came of it; nothing of it changes any more."),
        gettext_lazy("What came of it"),
        gettext_lazy("Close the plan"),
        gettext_lazy("The plan is closed."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_step(request: HttpRequest, slug: str, pk: int, step: str) -> HttpResponse:
    plan = find_plan(request, slug, pk)
    check(request, "draft_plan", plan)
    words, verb = STEPS[step], Verb(step.replace("-", " "))
    form = ReasonForm(
        request.POST if request.method == "POST" else None, label=words.asks, is_required=WAYS[verb].needs_reason
    )
    if form.is_valid():
        try:
            take_step(plan=plan, verb=verb, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(words.done))
            return redirect(plan)
    context = {"plan": plan, "state": plan.state, "step": words, "form": form, "layout": layout_of(request)}
    return render(request, "action_plan/plan_step.html", context, status=422 if form.is_bound else 200)
