"""What a team's description was before, and what changed from one version to the next."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from capability.diff import Sides, sides_of
from common.translated import SUFFIXES
from csirt_network.forms.directory import IN_LANGUAGE
from csirt_network.models import ProfileVersion
from csirt_network.rfc2350 import TO_WRITE
from csirt_network.views.found import team_for
from documents.views import layout_of


class Change(NamedTuple):
    number: str
    title: Any
    language: Any
    sides: Sides


@require_safe
def team_history(request: HttpRequest, slug: str) -> HttpResponse:
    team = team_for(request, slug, "see_history")
    versions = ProfileVersion.objects.visible_to(request.user).filter(team=team).select_related("made_by")
    context = {"layout": layout_of(request), "team": team, "versions": versions.defer("texts", "address")}
    return render(request, "csirt_network/team_history.html", context)


@require_safe
def team_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Beside the version before it, section by section and language by language."""
    team = team_for(request, slug, "see_history")
    found = ProfileVersion.objects.visible_to(request.user).filter(team=team).select_related("made_by")
    version = get_object_or_404(found, number=number)
    before = found.filter(number__lt=number).first()
    context = {
        "layout": layout_of(request),
        "team": team,
        "version": version,
        "before": before,
        "changes": changes_between(before, version),
        "is_last": not found.filter(number__gt=number).exists(),
    }
    return render(request, "csirt_network/team_version.html", context)


def changes_between(before: ProfileVersion | None, after: ProfileVersion) -> list[Change]:
    old, new = (before.address if before else ""), after.address
    changes = [Change("2.2", _("Address"), "", sides_of(old, new))] if old != new else []
    for section in TO_WRITE:
        for suffix in SUFFIXES:
            old, new = _said(before, section.key, suffix), _said(after, section.key, suffix)
            if old != new:
                changes.append(Change(section.number, section.title, IN_LANGUAGE[suffix], sides_of(old, new)))
    return changes


def _said(version: ProfileVersion | None, key: str, suffix: str) -> str:
    return version.texts.get(key, {}).get(suffix, "") if version else ""
