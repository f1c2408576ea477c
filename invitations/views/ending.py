"""Ending a membership, giving another role, closing an account and opening it again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import StaffRole, User
from accounts.views.second_factor import fresh
from csirt_network.models import TeamMember
from invitations import powers
from invitations.actions.ending import change_role, close_account, end_membership, open_account
from invitations.forms import EndForm, RoleForm
from member_states.models import Liaison
from partnerships.models import PartnerContact
from review.actions import Refused

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@fresh
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = StaffRole.objects.visible_to(request.user).filter(ended_at=None).select_related("person")
    return _end(request, get_object_or_404(found, pk=pk))


@form_page
@fresh
def liaison_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = Liaison.objects.visible_to(request.user).filter(ended_at=None).select_related("person", "state")
    return _end(request, get_object_or_404(found, pk=pk))


@form_page
@fresh
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = TeamMember.objects.visible_to(request.user).filter(ended_at=None).select_related("person", "team__state")
    return _end(request, get_object_or_404(found, pk=pk))


@form_page
@fresh
def contact_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = PartnerContact.objects.visible_to(request.user).filter(ended_at=None).select_related("person", "partner")
    return _end(request, get_object_or_404(found, pk=pk))


def _end(request: HttpRequest, held: Any) -> HttpResponse:
    if not request.user.has_perm("invitations.end_membership", held):
        raise PermissionDenied
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            end_membership(held=held, reason=form.cleaned_data["reason"], by=request.user)
            return _after(request, held, _("It has ended. The person can do nothing with it any more."))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"held": held, "form": form, "back": _back(request, held)}
    return render(request, "invitations/end.html", context, status=422 if form.errors else 200)


@form_page
@fresh
def role_change(request: HttpRequest, pk: int) -> HttpResponse:
    found = StaffRole.objects.visible_to(request.user).current().select_related("person")
    held = get_object_or_404(found, pk=pk)
    roles = [role for role in StaffRole.Role.values if powers.may_change(request.user, held, role)]
    if not roles:
        raise PermissionDenied
    form = RoleForm(request.POST if request.method == "POST" else None, roles=roles)
    if form.is_valid():
        try:
            change_role(held=held, by=request.user, **form.cleaned_data)
            return _after(request, held, _("The new role holds from now on."))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"held": held, "form": form, "back": _back(request, held)}
    return render(request, "invitations/change.html", context, status=422 if form.errors else 200)


@form_page
@fresh
def account_close(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    if request.method == "POST":
        close_account(person=person, by=request.user)
        messages.success(request, _("The account of %(name)s is closed.") % {"name": person.name})
        return redirect("person", person.pk)
    return render(request, "invitations/close.html", {"person": person})


@require_POST
def account_open(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    open_account(person=person, by=request.user)
    messages.success(request, _("%(name)s may sign in again.") % {"name": person.name})
    return redirect("person", person.pk)


def _person(request: HttpRequest, pk: int) -> User:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("invitations.close_account", person):
        raise PermissionDenied
    return person


def _back(request: HttpRequest, held: Any) -> str:
    if request.user.has_perm("invitations.see_people"):
        return reverse("person", args=[held.person_id])
    if isinstance(held, TeamMember):
        return reverse("team-people", args=[held.team.slug])
    return reverse("colleagues", args=[held.state.slug]) if isinstance(held, Liaison) else reverse("profile")


def _after(request: HttpRequest, held: Any, said: str) -> HttpResponse:
    """Who ended the own one is signed out, as anybody else would be."""
    if held.person_id == request.user.pk:
        logout(request)
        return redirect("front")
    messages.success(request, said)
    return redirect(_back(request, held))
