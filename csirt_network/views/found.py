"""Finding the team that a page is about, and asking whether the reader may do something with it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from csirt_network.models import Team


def team_for(request: HttpRequest, slug: str, verb: str) -> Team:
    """404 when there is none, 403 when the reader may not."""
    team: Any = get_object_or_404(Team.objects.visible_to(request.user).select_related("state"), slug=slug)
    if not request.user.has_perm(f"csirt_network.{verb}", team):
        raise PermissionDenied
    return team
