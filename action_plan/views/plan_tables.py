"""Plans as tables: one plan with its lines and needs, and the index of all."""

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from action_plan.plan_list import PlanFilter, Row, each_row, table
from action_plan.plan_page import PlanPage, plans_for
from action_plan.plan_table import plan_table
from action_plan.views.plan_finding import check, find_plan
from common.downloads import about_one, csv_response, xlsx_response


@require_safe
def plan_csv(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    return csv_response(_lines(request, slug, pk), f"{slug}-plan.csv")


@require_safe
def plan_xlsx(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    return xlsx_response(_lines(request, slug, pk), f"{slug}-plan.xlsx")


@require_safe
def plans_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(table(_rows(request)), "plans.csv")


@require_safe
def plans_xlsx(request: HttpRequest) -> FileResponse:
    return xlsx_response(table(_rows(request)), "plans.xlsx")


def _lines(request: HttpRequest, slug: str, pk: int) -> Iterator[list[Any]]:
    plan = find_plan(request, slug, pk)
    return about_one(plan_table(PlanPage(request.user, plan)), plan.pk, plan.get_absolute_url())


def _rows(request: HttpRequest) -> Iterator[Row]:
    check(request, "list_plans")
    return each_row(request.user, PlanFilter(request.GET, plans_for(request.user), request=request).qs)
