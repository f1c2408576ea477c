"""Which agreement is meant, and what its reader may do with it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from documents.views import layout_of
from partnerships.agreement_list import agreements_for, with_parties
from partnerships.models import Agreement


def find(request: HttpRequest, slug: str) -> Agreement:
    """With `status`, `is_of_the_oas` and `sides`; or 404."""
    found = agreements_for(request.user).select_related("owner", "source")
    return get_object_or_404(with_parties(found, request.user), slug=slug)


def find_to_edit(request: HttpRequest, slug: str) -> Agreement:
    agreement = find(request, slug)
    check(request, "partnerships.edit_agreement")
    return agreement


def may(user: Any, permission: str) -> bool:
    """Asked of the rules alone: a "no" would send Django's own backend to the database for permissions nobody has."""
    return user.is_authenticated and has_perm(permission, user)


def check(request: HttpRequest, permission: str) -> None:
    if not may(request.user, permission):
        raise PermissionDenied


def edited_meanwhile() -> str:
    return _("A colleague saved this agreement meanwhile. Open it again, and enter your change anew.")


def small_form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(
        request, template, context | {"layout": layout_of(request)}, status=422 if context["form"].errors else 200
    )
