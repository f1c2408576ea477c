"""Which commitment, delivery or contribution is meant, and what its reader may do with it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from rules.permissions import has_perm

from documents.views import layout_of
from partnerships.models import Agreement, Commitment, Contribution, Delivery

WRITE, ALLOCATE = "partnerships.write_promises", "partnerships.write_allocation"
REPORT, CHANGE, REVIEW = (f"partnerships.{verb}_delivery" for verb in ("report", "change", "review"))
PARTY = ("party__partner", "agreement", "source")


def may(user: Any, permission: str, record: Any = None) -> bool:
    """Asked of the rules alone: a "no" would send Django's own backend to the database for permissions nobody has."""
    return user.is_authenticated and has_perm(permission, user, record)


def check(request: HttpRequest, permission: str, record: Any = None) -> None:
    if not may(request.user, permission, record):
        raise PermissionDenied


def find_agreement(request: HttpRequest, slug: str) -> Agreement:
    return get_object_or_404(Agreement.objects.visible_to(request.user), slug=slug)


def find_commitment(request: HttpRequest, pk: int) -> Commitment:
    """With `status`; or 404."""
    found = Commitment.objects.visible_to(request.user).with_status().select_related(*PARTY)
    return get_object_or_404(found, pk=pk)


def find_delivery(request: HttpRequest, pk: int) -> Delivery:
    found = Delivery.objects.visible_to(request.user)
    of = ("partner", "commitment__agreement", "commitment__party__partner", "made_by", "submitted_by", "decided_by")
    return get_object_or_404(found.select_related(*of), pk=pk)


def find_contribution(request: HttpRequest, slug: str) -> Contribution:
    found = Contribution.objects.visible_to(request.user).with_sums(request.user)
    return get_object_or_404(found.select_related("giver__partner", "agreement", "source"), slug=slug)


def posted(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def show(request: HttpRequest, template: str, context: dict[str, Any], bound: Any = None) -> HttpResponse:
    """With the status of a refused form, where one was sent."""
    form = bound or context.get("form")
    refused = form is not None and form.is_bound and form.errors
    return render(request, template, context | {"layout": layout_of(request)}, status=422 if refused else 200)
