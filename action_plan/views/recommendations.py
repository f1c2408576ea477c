"""What became of every recommendation: the list, the page of one, reports of the states and the programme's word."""

from collections.abc import Iterator
from itertools import chain
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import recommendations as actions
from action_plan.actions.missions import Refused
from action_plan.forms.missions import taken
from action_plan.forms.recommendations import DecisionForm, RecommendationForm, ReportForm
from action_plan.models import Recommendation, RecommendationChange, RecommendationReport
from action_plan.recommendation_filter import RecommendationFilter
from action_plan.views.missions import RUN, check, find_mission, show
from common.downloads import csv_response, each, where, whereabouts, xlsx_response
from common.scope import reach_of

ON_A_PAGE = 40
RELATED = ("mission__activity__officer", "exercise__director", "state", "factor", "liaison")
READ, REPORT, DECIDE = (
    "action_plan.view_recommendations",
    "action_plan.report_on_recommendation",
    "action_plan.decide_report",
)


@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    chosen = chosen_of(request)
    counts = chosen.counts()
    context = {
        "filter": chosen,
        "page": Paginator(chosen.qs, ON_A_PAGE).get_page(request.GET.get("page")),
        "counts": counts,
        "tabs": _tabs(request, counts),
        "of_all_states": reach_of(request.user).staff,
    }
    return show(request, "action_plan/recommendation_list.html", context)


@require_safe
def recommendation_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(_lines(chosen_of(request).qs), f"recommendations-{get_language()}.csv")


@require_safe
def recommendation_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(_lines(chosen_of(request).qs), f"recommendations-{get_language()}.xlsx")


@require_safe
def recommendation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find_recommendation(request, pk), DecisionForm())


@require_http_methods(["GET", "POST"])
def recommendation_new(request: HttpRequest, slug: str) -> HttpResponse:
    mission = find_mission(request, slug)
    check(request, RUN, mission)
    form = RecommendationForm(request.POST or None, mission=mission, user=request.user)
    if form.is_valid():
        made = form.save(commit=False)
        actions.add_recommendation(mission=mission, recommendation=made, by=request.user)
        messages.success(request, _("Recommendation %(number)s is added.") % {"number": made.number})
        return redirect(mission)
    return show(request, "action_plan/recommendation_form.html", {"form": form, "mission": mission})


@require_http_methods(["GET", "POST"])
def recommendation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_recommendation(request, pk)
    check(request, RUN, found)
    instance = find_recommendation(request, pk)
    form = RecommendationForm(request.POST or None, user=request.user, instance=instance)
    if form.is_valid():
        edited = form.cleaned_data["edited"] or 0
        try:
            actions.change_recommendation(recommendation=form.save(commit=False), edited=edited, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
            taken(form, "edited", found.edited)
        else:
            messages.success(request, _("The recommendation is saved."))
            return redirect(found)
    context = {"form": form, "mission": found.of, "recommendation": found}
    return show(request, "action_plan/recommendation_form.html", context)


@require_POST
def recommendation_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_recommendation(request, pk)
    check(request, "action_plan.remove_recommendation", found)
    actions.remove_recommendation(recommendation=found, by=request.user)
    messages.success(request, _("Recommendation %(number)s is removed.") % {"number": found.number})
    return redirect(found.of)


@require_http_methods(["GET", "POST"])
def recommendation_report(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_recommendation(request, pk)
    check(request, REPORT, found)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        try:
            actions.report(recommendation=found, report=form.save(commit=False), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your report is sent. You are told when the programme has confirmed it."))
            return redirect(found)
    return show(request, "action_plan/recommendation_report.html", {"form": form, "recommendation": found})


@require_POST
def recommendation_decide(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_recommendation(request, pk)
    waiting = _waiting(request, found)
    check(request, DECIDE, waiting or found)
    form = DecisionForm(request.POST)
    if waiting is None:
        messages.error(request, _("No report waits for a decision here."))
        return redirect(found)
    if form.is_valid():
        try:
            actions.decide(report=waiting, by=request.user, **form.cleaned_data)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Your decision is kept, and whoever reported is told."))
        return redirect(found)
    return _page(request, found, form)


def find_recommendation(request: HttpRequest, pk: int) -> Recommendation:
    found = Recommendation.objects.visible_to(request.user)
    return get_object_or_404(found.select_related(*RELATED), pk=pk)


def chosen_of(request: HttpRequest) -> RecommendationFilter:
    """What page and tables show for the same query; each row knows whether a report waits."""
    check(request, READ)
    reports = RecommendationReport.objects.visible_to(request.user).filter(recommendation=OuterRef("pk"), decision="")
    rows = Recommendation.objects.visible_to(request.user).annotate(is_reported=Exists(reports))
    return RecommendationFilter(request.GET, rows.select_related(*RELATED).order_by("due_on", "pk"), request=request)


def _tabs(request: HttpRequest, counts: dict[str, int]) -> list[dict[str, Any]]:
    now, names = request.GET.get("status", ""), {"": _("All"), **dict(Recommendation.Status.choices)}
    tabs = []
    for status, name in names.items():
        query = request.GET.copy()
        query["status"] = status
        query.pop("page", None)
        label = _("%(name)s (%(number)s)") % {"name": name, "number": counts[status]}
        tabs.append({"url": f"?{query.urlencode()}", "label": label, "current": status == now})
    return tabs


def _page(request: HttpRequest, found: Recommendation, form: DecisionForm) -> HttpResponse:
    waiting, user = _waiting(request, found), request.user
    context = {
        "recommendation": found,
        "mission": found.of,
        "waiting": waiting,
        "history": _history(user, found),
        "decision_form": form,
        "may_run": user.has_perm(RUN, found),
        "may_remove": user.has_perm("action_plan.remove_recommendation", found),
        "may_report": waiting is None and user.has_perm(REPORT, found),
        "may_decide": waiting is not None and user.has_perm(DECIDE, waiting),
    }
    return show(request, "action_plan/recommendation_detail.html", context, bound=form if form.is_bound else None)


def _waiting(request: HttpRequest, found: Recommendation) -> RecommendationReport | None:
    reports = RecommendationReport.objects.visible_to(request.user).filter(recommendation=found, decision="")
    return reports.select_related("by").first()


def _history(user: Any, found: Recommendation) -> list[Any]:
    """Reports and changes, the newest first."""
    reports = RecommendationReport.objects.visible_to(user).filter(recommendation=found)
    changes = RecommendationChange.objects.visible_to(user).filter(recommendation=found).select_related("by")
    return sorted(chain(reports.select_related("by", "decided_by"), changes), key=attrgetter("at"), reverse=True)


def _lines(rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    yield (
        _("State"), _("Mission or exercise"), _("Number"), _("Recommendation"), _("Factor"), _("Institution"),
        _("Liaison"), _("Due on"), _("Priority"), _("Status"), _("Overdue"), _("Report to confirm"),
        *where(),
    )  # fmt: skip
    for row in each(rows):
        yield (
            str(row.state), str(row.of), row.number, row.text, row.factor.code if row.factor else "",
            row.institution, row.liaison.name if row.liaison else "", row.due_on,
            row.get_priority_display(), row.get_status_display(), _("yes") if row.is_overdue else _("no"),
            _("yes") if row.is_reported else _("no"), *whereabouts(row),
        )  # fmt: skip
