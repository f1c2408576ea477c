"""The plan that a page is about. Of what was never offered a state does not know."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from action_plan.models import CountryPlan, PlanVersion
from action_plan.plan_page import plans_for


def find_plan(request: HttpRequest, slug: str, pk: int) -> CountryPlan:
    plan: CountryPlan = get_object_or_404(plans_for(request.user), pk=pk, state__slug=slug)
    return plan


def find_version(request: HttpRequest, plan: CountryPlan, number: int) -> PlanVersion:
    versions: Any = PlanVersion.objects.visible_to(request.user).filter(plan=plan).select_related("offered_by")
    version: PlanVersion = get_object_or_404(versions, number=number)
    return version


def check(request: HttpRequest, verb: str, thing: Any = None) -> None:
    if not request.user.has_perm(f"action_plan.{verb}", thing):
        raise PermissionDenied


def may_write(request: HttpRequest, plan: CountryPlan) -> bool:
    return request.user.has_perm("action_plan.draft_plan", plan)
