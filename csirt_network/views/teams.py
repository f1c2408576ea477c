"""The page of one team, what it publishes, and its keys."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from csirt_network import rfc2350
from csirt_network.description import Description, zone_in_words
from csirt_network.entries import GOOD, Entry, teams_for
from csirt_network.models import Affiliation, Contact, NetworkMembership, Team, TeamKey, TeamProfile
from csirt_network.sectors import Sector
from documents.views import layout_of
from member_states.models import MemberState


@require_safe
@login_not_required
def team_detail(request: HttpRequest, slug: str) -> HttpResponse:
    user: Any = request.user
    team: Any = get_object_or_404(teams_for(user).select_related("state", "source"), slug=slug)
    profile = TeamProfile.objects.visible_to(user).filter(team=team).first()
    membership = NetworkMembership.objects.visible_to(user).current().filter(team=team)
    context = {
        "layout": layout_of(request),
        "team": team,
        "entry": Entry(team, user),
        "profile": profile,
        "chapters": _description(request, team, profile).chapters(get_language() or "en") if profile else [],
        "membership": membership.select_related("constituent_of").first(),
        "affiliations": Affiliation.objects.visible_to(user).filter(team=team).select_related("source"),
        "sectors": [Sector(code).label for code in team.sectors if code in Sector.values],
        "countries": MemberState.objects.visible_to(user).filter(alpha2__in=team.countries).in_order(),
        "zone": zone_in_words(team.time_zone),
        "may_edit": user.is_authenticated and user.has_perm("csirt_network.edit_team", team),
        "sees_people": user.is_authenticated and user.has_perm("invitations.see_team_people", team),
        "may_confirm": user.is_authenticated and user.has_perm("csirt_network.confirm_team", team),
        "sees_history": user.is_authenticated and user.has_perm("csirt_network.see_history", team),
    }
    return render(request, "csirt_network/team_detail.html", context)


@require_safe
@login_not_required
def description_text(request: HttpRequest, slug: str) -> HttpResponse:
    description, language = _published(request, slug)
    text = rfc2350.as_text(description.values(language), language)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
def description_json(request: HttpRequest, slug: str) -> HttpResponse:
    description, language = _published(request, slug)
    said = rfc2350.as_json(description.values(language), language)
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


@require_safe
@login_not_required
def key_file(request: HttpRequest, slug: str, fingerprint: str) -> HttpResponse:
    found = TeamKey.objects.visible_to(request.user).filter(team__slug=slug)
    key = get_object_or_404(found, fingerprint=fingerprint.upper())
    response = HttpResponse(key.armoured, content_type="application/pgp-keys")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{key.fingerprint[-16:]}.asc"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _published(request: HttpRequest, slug: str) -> tuple[Description, str]:
    """In the reader's language; the network sees no more here than everybody does."""
    profiles = TeamProfile.objects.visible_to(request.user).filter(is_published=True)
    profile = get_object_or_404(profiles.select_related("team__state"), team__slug=slug)
    return _description(request, profile.team, profile), get_language() or "en"


def _description(request: HttpRequest, team: Team, profile: TeamProfile) -> Description:
    contacts = Contact.objects.visible_to(request.user).filter(team=team, is_public=True)
    keys = TeamKey.objects.visible_to(request.user).filter(team=team).select_related("team")
    return Description(team, profile, list(contacts), [key for key in keys if key.standing in GOOD])
