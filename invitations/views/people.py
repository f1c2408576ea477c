"""The people and their invitations, for those who keep them; and the colleagues of one state, for its liaisons."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import StaffRole, User
from accounts.views.second_factor import fresh
from common.days import today
from csirt_network.models import TeamMember
from invitations import powers
from invitations.actions.inviting import invite, send_again, take_back
from invitations.forms import ColleagueForm, FilterForm, InviteForm
from invitations.models import PARTNER_CONTACT, Invitation
from invitations.people import people_for, standing_of
from member_states.models import Liaison, MemberState
from partnerships.models import PartnerContact
from review.actions import Refused

ON_A_PAGE = 50
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    _permit(request, "invitations.see_people")
    form = FilterForm(request.GET)
    chosen = form.chosen()
    page = Paginator(people_for(request.user, **chosen), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(person, standing_of(person)) for person in page],
        "invitations": _invitations(request, chosen),
        "may_invite": request.user.has_perm("invitations.invite"),
    }
    return render(request, "invitations/people.html", context)


def _invitations(request: HttpRequest, chosen: dict[str, Any]) -> list[tuple[Invitation, bool]]:
    """Those nobody has accepted yet, and whether this reader keeps them."""
    found = Invitation.objects.visible_to(request.user).pending()
    found = found.select_related("state", "team", "partner", "invited_by")
    narrowed = {name: chosen[name] for name in ("state", "role") if chosen[name]}
    return kept(request, found.filter(**narrowed).matching(chosen["q"] or "")[:ON_A_PAGE])


def kept(
    request: HttpRequest, found: Any, state: MemberState | None = None, team: Any = None
) -> list[tuple[Invitation, bool]]:
    mine = powers.gives(request.user, state, team)
    return [(one, one.role in mine) for one in found]


@form_page
@fresh
def invite_person(request: HttpRequest) -> HttpResponse:
    _permit(request, "invitations.invite")
    asked = {name: request.GET.get(name) for name in ("state", "team", "partner")}
    start = {"language": request.user.language, **asked}  # type: ignore[union-attr]
    start |= {"role": PARTNER_CONTACT} if asked["partner"] else {}
    form = InviteForm(request.POST if request.method == "POST" else None, by=request.user, initial=start)
    if form.is_valid() and invited(request, form, form.given()):
        return redirect("people")
    context = {"form": form, "state": None}
    return render(request, "invitations/invite.html", context, status=422 if form.errors else 200)


def invited(request: HttpRequest, form: Any, given: dict[str, Any]) -> bool:
    if not powers.may_give(request.user, given["role"], given["state"], given.get("team"), given.get("partner")):
        raise PermissionDenied
    try:
        invite(by=request.user, **given)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The invitation to %(name)s is on its way.") % {"name": given["name"]})
    return True


@require_safe
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    _permit(request, "invitations.see_people")
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    user: Any = request.user
    roles = list(StaffRole.objects.visible_to(user).filter(person=person).select_related("person"))
    liaisons = list(Liaison.objects.visible_to(user).filter(person=person).select_related("person", "state"))
    members = TeamMember.objects.visible_to(user).filter(person=person).select_related("person", "team__state")
    contacts = PartnerContact.objects.visible_to(user).filter(person=person).select_related("person", "partner")
    now = {*StaffRole.objects.current().filter(person=person).values_list("pk", flat=True)}
    context = {
        "person": person,
        "roles": [(held, held.pk in now, held.pk in now and powers.may_end(user, held)) for held in roles],
        "liaisons": [(held, _holds(held), _holds(held) and powers.may_end(user, held)) for held in liaisons],
        "members": [(held, _holds(held), _holds(held) and powers.may_end(user, held)) for held in members],
        "contacts": [(held, _holds(held), _holds(held) and powers.may_end(user, held)) for held in contacts],
        "may_close": user.has_perm("invitations.close_account", person),
        "may_reset": user.has_perm("accounts.reset_second_factor", person),
    }
    return render(request, "invitations/person.html", context)


def _holds(held: Any) -> bool:
    return held.ended_at is None and (held.ends_on is None or held.ends_on >= today())


@require_safe
def colleagues(request: HttpRequest, slug: str) -> HttpResponse:
    """Who speaks for the state; the lead also invites deputies, and ends them."""
    state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=slug)
    _permit(request, "invitations.see_colleagues", state)
    liaisons = Liaison.objects.visible_to(request.user).current().filter(state=state).select_related("person", "state")
    liaisons = liaisons.order_by("-kind", "person__name")  # the lead first
    pending = Invitation.objects.visible_to(request.user).pending().filter(state=state)
    is_lead = request.user.has_perm("invitations.invite_deputy", state)
    context = {
        "state": state,
        "liaisons": [(held, is_lead and powers.may_end(request.user, held)) for held in liaisons],
        "invitations": kept(request, pending.select_related("state", "invited_by"), state),
        "is_lead": is_lead,
    }
    return render(request, "invitations/colleagues.html", context)


@form_page
@fresh
def invite_colleague(request: HttpRequest, slug: str) -> HttpResponse:
    state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=slug)
    _permit(request, "invitations.invite_deputy", state)
    start = {"language": request.user.language}  # type: ignore[union-attr]
    form = ColleagueForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid() and invited(request, form, form.given() | {"state": state}):
        return redirect("colleagues", slug)
    context = {"form": form, "state": state}
    return render(request, "invitations/invite.html", context, status=422 if form.errors else 200)


@require_POST
def invitation_again(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _find(request, pk)
    return _done(request, invitation, send_again, _("A mail with a new link is on its way. The links before are dead."))


@require_POST
def invitation_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, _find(request, pk), take_back, _("The invitation is taken back. Its link is dead now."))


def _find(request: HttpRequest, pk: int) -> Invitation:
    found = Invitation.objects.visible_to(request.user).select_related("state", "team", "partner", "invited_by")
    invitation = get_object_or_404(found, pk=pk)
    _permit(request, "invitations.keep_invitation", invitation)
    return invitation


def _done(request: HttpRequest, invitation: Invitation, act: Any, said: str) -> HttpResponse:
    try:
        act(invitation=invitation, by=request.user)
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    if request.user.has_perm("invitations.see_people"):
        return redirect("people")
    if invitation.team:
        return redirect("team-people", invitation.team.slug)
    return redirect("colleagues", invitation.state.slug) if invitation.state else redirect("people")


def _permit(request: HttpRequest, verb: str, thing: Any = None) -> None:
    if not request.user.has_perm(verb, thing):
        raise PermissionDenied
