"""The people of one team, for those who work in it; a representative invites further ones and ends analysts."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.views.second_factor import fresh
from csirt_network.models import Team, TeamMember
from documents.views import layout_of
from invitations import powers
from invitations.forms import TeamColleagueForm
from invitations.models import Invitation
from invitations.views.people import form_page, invited, kept


@require_safe
def team_people(request: HttpRequest, slug: str) -> HttpResponse:
    team = _team(request, slug, "see_team_people")
    members = TeamMember.objects.visible_to(request.user).current().filter(team=team).select_related("person", "team")
    members = members.order_by("-kind", "person__name")  # representatives first
    pending = Invitation.objects.visible_to(request.user).pending().filter(team=team)
    context = {
        "layout": layout_of(request),
        "team": team,
        "members": [(held, powers.may_end(request.user, held)) for held in members],
        "invitations": kept(request, pending.select_related("state", "team", "partner", "invited_by"), team=team),
        "may_invite": request.user.has_perm("invitations.invite_to_team", team),
        "may_invite_here": request.user.has_perm("invitations.invite"),
    }
    return render(request, "invitations/team_people.html", context)


@form_page
@fresh
def invite_to_team(request: HttpRequest, slug: str) -> HttpResponse:
    team = _team(request, slug, "invite_to_team")
    start = {"language": request.user.language, "role": "analyst"}  # type: ignore[union-attr]
    form = TeamColleagueForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid() and invited(request, form, form.given() | {"team": team}):
        return redirect("team-people", slug)
    context = {"form": form, "team": team}
    return render(request, "invitations/invite.html", context, status=422 if form.errors else 200)


def _team(request: HttpRequest, slug: str, verb: str) -> Team:
    team = get_object_or_404(Team.objects.visible_to(request.user).select_related("state"), slug=slug)
    if not request.user.has_perm(f"invitations.{verb}", team):
        raise PermissionDenied
    return team
