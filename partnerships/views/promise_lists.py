"""All commitments and all contributions that the reader may know of, as pages and as tables."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from common.downloads import csv_response, xlsx_response
from documents.views import layout_of
from partnerships.filters.promises import CommitmentFilter, ContributionFilter
from partnerships.models import Contribution
from partnerships.promise_lists import commitment_lines, contribution_lines
from partnerships.promises_of import commitments_for, contributions_for
from partnerships.views.promise_finding import may

PAGE = 30


@login_not_required
@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    chosen = _commitments(request)
    context = {"may_review": may(request.user, "partnerships.view_deliveries_to_review")}
    return _list(request, "partnerships/commitment_list.html", chosen, context)


@login_not_required
@require_safe
def commitment_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(commitment_lines(_commitments(request).qs), f"commitments-{get_language()}.csv")


@login_not_required
@require_safe
def commitment_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(commitment_lines(_commitments(request).qs), f"commitments-{get_language()}.xlsx")


@login_not_required
@require_safe
def contribution_list(request: HttpRequest) -> HttpResponse:
    """With one total for each currency of what the filters leave."""
    chosen = _contributions(request)
    totals = (
        Contribution.objects.visible_to(request.user).filter(pk__in=chosen.qs.order_by().values("pk")).per_currency()
    )
    return _list(request, "partnerships/contribution_list.html", chosen, {"totals": list(totals)})


@login_not_required
@require_safe
def contribution_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(contribution_lines(_contributions(request).qs), f"contributions-{get_language()}.csv")


@login_not_required
@require_safe
def contribution_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(contribution_lines(_contributions(request).qs), f"contributions-{get_language()}.xlsx")


def _commitments(request: HttpRequest) -> CommitmentFilter:
    seen = commitments_for(request.user).select_related("agreement", "party__partner", "source")
    return CommitmentFilter(request.GET, seen, request=request)


def _contributions(request: HttpRequest) -> ContributionFilter:
    seen = contributions_for(request.user).select_related("agreement", "giver__partner", "source")
    return ContributionFilter(request.GET, seen, request=request)


def _list(request: HttpRequest, template: str, chosen: Any, context: dict[str, Any]) -> HttpResponse:
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, template, context | {"filter": chosen, "page": page, "layout": layout_of(request)})
