"""How mature the teams of the region find themselves together, and the profiles they may be held against."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.downloads import about_one, csv_response, xlsx_response
from csirt_network.actions.maturity import save_profile
from csirt_network.forms.maturity import ProfileForm
from csirt_network.models import Sim3Profile
from csirt_network.radar import Spoke, radar
from csirt_network.regional import LEAST_TEAMS, Figures, figures
from csirt_network.sim3 import PARAMETERS, Quadrant, parameters_of
from csirt_network.views.maturity_finding import posted


@require_safe
def network_maturity(request: HttpRequest) -> HttpResponse:
    _permit(request, "csirt_network.view_network_maturity")
    found = figures(timezone.now())
    spokes = [Spoke(code, found.parameters[code].median) for code in PARAMETERS]
    context = {
        "figures": found,
        "least": LEAST_TEAMS,
        "radar": radar(spokes),
        "quadrants": list(found.quadrants.items()),
        "groups": [(q, [(one, found.parameters[one.code]) for one in parameters_of(q)]) for q in Quadrant],
        "profiles": Sim3Profile.objects.visible_to(request.user).order_by("name_en"),
        "may_keep": request.user.has_perm("csirt_network.keep_profiles"),
    }
    return render(request, "csirt_network/network_maturity.html", context)


@require_safe
def network_maturity_table(request: HttpRequest, format: str) -> HttpResponseBase:
    _permit(request, "csirt_network.view_network_maturity")
    rows = list(about_one(_rows(figures(timezone.now())), "network-maturity", reverse("maturity")))
    if format == "csv":
        return csv_response(rows, "network-maturity.csv")
    return xlsx_response(rows, "network-maturity.xlsx")


@require_http_methods(["GET", "POST"])
def profile_new(request: HttpRequest) -> HttpResponse:
    _permit(request, "csirt_network.keep_profiles")
    return _profile_form(request, ProfileForm(posted(request), held={}))


@require_http_methods(["GET", "POST"])
def profile_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Read by the network; changed by the programme's officers."""
    rows = Sim3Profile.objects.visible_to(request.user).prefetch_related("levels")
    profile = get_object_or_404(rows, slug=slug)
    if request.user.has_perm("csirt_network.keep_profiles"):
        held = dict(profile.as_profile().levels)
        return _profile_form(request, ProfileForm(posted(request), instance=profile, held=held))
    if request.method == "POST":
        raise PermissionDenied
    levels = profile.as_profile().levels
    groups = [(q, [(one, levels.get(one.code)) for one in parameters_of(q)]) for q in Quadrant]
    return render(request, "csirt_network/profile.html", {"profile": profile, "groups": groups})


def _profile_form(request: HttpRequest, form: ProfileForm) -> HttpResponse:
    if form.is_valid():
        profile = save_profile(profile=form.profile(), levels=form.levels(), by=request.user)
        messages.success(request, _("The profile “%(name)s” is saved.") % {"name": profile})
        return redirect("maturity")
    return render(request, "csirt_network/profile_form.html", {"form": form}, status=422 if form.is_bound else 200)


def _permit(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _rows(found: Figures) -> Iterator[list[Any]]:
    yield [_("Parameter"), _("Code"), _("Quadrant"), _("Median level"), _("Teams that assessed it")]
    for quadrant, middle in found.quadrants.items():
        yield [
            _("All parameters of the quadrant, mean of each team"),
            "",
            str(quadrant.label),
            middle.median,
            middle.teams,
        ]
    for code, one in PARAMETERS.items():
        middle = found.parameters[code]
        yield [str(one.name), code, str(one.quadrant.label), middle.median, middle.teams]
