"""Needs for expertise: the state reads what it asked for; matches and placements are for the staff."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import expertise as actions
from action_plan.actions.missions import Refused
from action_plan.forms.expertise import EvaluationForm, ExpertiseForm, PlacementForm, PlacementStatusForm
from action_plan.forms.missions import MissionActivityForm
from action_plan.matching import SHOWN, causes, matches, need_of
from action_plan.models import Expertise, ExpertiseEvaluation, ExpertiseNeed, Placement
from action_plan.views.missions import check, show
from common.downloads import each, table_response, where, whereabouts

ON_A_PAGE = 40
READ, RUN, EVALUATE = "action_plan.view_expertise", "action_plan.run_expertise", "action_plan.evaluate_expertise"
MATCH = "action_plan.view_experts"


@require_safe
def expertise_list(request: HttpRequest) -> HttpResponse:
    check(request, READ)
    rows = Expertise.objects.visible_to(request.user).select_related("activity", "state").order_by("-pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_run": request.user.has_perm(RUN), "sees_roster": request.user.has_perm(MATCH)}
    return show(request, "action_plan/expertise_list.html", context)


@require_safe
def expertise_table(request: HttpRequest, form: str) -> HttpResponseBase:
    check(request, READ)
    rows = Expertise.objects.visible_to(request.user).select_related("activity", "state").order_by("-pk")
    return table_response(table(rows), f"expertise-{get_language()}", form)


def table(rows: Any) -> Iterator[list[Any]]:
    yield [_("Activity"), _("State"), _("Status"), _("From"), _("Until"), _("What is to be done"), *where()]
    for one in each(rows):
        days = [one.activity.starts_on, one.activity.ends_on]
        status = one.activity.get_status_display()
        yield [one.activity.title, str(one.state), status, *days, one.task, *whereabouts(one)]


@require_safe
def expertise_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _find(request, slug))


@require_http_methods(["GET", "POST"])
def expertise_new(request: HttpRequest) -> HttpResponse:
    check(request, RUN)
    form = ExpertiseForm(request.POST or None, user=request.user)
    about = MissionActivityForm(request.POST or None, user=request.user)
    if request.method == "POST" and all([form.is_valid(), about.is_valid()]):
        activity, given = about.activity(is_shared=form.cleaned_data["is_shared"]), form.save(commit=False)
        factors = form.cleaned_data["factors"]
        made = actions.ask_for_expertise(activity=activity, expertise=given, factors=factors, by=request.user)
        messages.success(request, _("The need is kept. Below is who of the roster fits."))
        return redirect(made)
    return show(request, "action_plan/expertise_new.html", {"form": form, "about": about})


@require_POST
def expertise_place(request: HttpRequest, slug: str) -> HttpResponse:
    found = _find(request, slug)
    check(request, RUN, found)
    form = PlacementForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, found, refused=form)
    try:
        actions.place(expertise=found, by=request.user, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The expert is proposed for this need."))
    return redirect(found)


@require_POST
def placement_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _find(request, slug)
    check(request, RUN, found)
    placement = get_object_or_404(Placement.objects.visible_to(request.user).filter(expertise=found), pk=pk)
    form = PlacementStatusForm(request.POST)
    if form.is_valid():
        actions.change_placement(placement=placement, by=request.user, **form.cleaned_data)
        messages.success(request, _("The placement is saved."))
    else:
        messages.error(request, _("Choose one of the statuses offered."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
def expertise_evaluate(request: HttpRequest, slug: str) -> HttpResponse:
    found = _find(request, slug)
    check(request, EVALUATE, found)
    form = EvaluationForm(request.POST or None)
    if form.is_valid():
        try:
            actions.evaluate(expertise=found, evaluation=form.save(commit=False), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Thank you. What you said is kept."))
            return redirect(found)
    return show(request, "action_plan/expertise_evaluate.html", {"form": form, "expertise": found})


def _find(request: HttpRequest, slug: str) -> Expertise:
    found = Expertise.objects.visible_to(request.user).select_related("activity__officer", "state")
    return get_object_or_404(found, activity__slug=slug)


def _page(request: HttpRequest, found: Expertise, *, refused: PlacementForm | None = None) -> HttpResponse:
    user = request.user
    said = ExpertiseEvaluation.objects.visible_to(user).filter(expertise=found).select_related("by")
    context = {
        "expertise": found,
        "activity": found.activity,
        "needs": ExpertiseNeed.objects.visible_to(user).filter(expertise=found).select_related("factor"),
        "evaluations": said,
        "sees_roster": user.has_perm(MATCH),
        "may_run": user.has_perm(RUN, found),
        "may_evaluate": user.has_perm(EVALUATE, found) and user.pk not in {one.by_id for one in said},
        "refused": refused,
        **(_of_roster(user, found) if user.has_perm(MATCH) else {}),
    }
    return show(request, "action_plan/expertise_detail.html", context, bound=refused)


def _of_roster(user: Any, found: Expertise) -> dict[str, Any]:
    need = need_of(found, user)
    placed = Placement.objects.visible_to(user).filter(expertise=found).select_related("expert")
    ranked = list(matches(need, user)[:SHOWN])
    return {
        "placements": placed,
        "statuses": Placement.Status.choices,
        "matches": [(expert, causes(expert, need)) for expert in ranked],
    }
