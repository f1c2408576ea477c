"""The directory: who the teams are, for everybody; how to reach them, for the network, the own state and staff."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from rules.permissions import has_perm

from common.downloads import csv_response, table_response, xlsx_response
from common.scope import reach_of
from csirt_network.entries import Entry, contact_rows, team_rows, teams_for
from csirt_network.models import Team
from csirt_network.team_filter import TeamFilter
from documents.views import layout_of

ON_A_PAGE = 40


@require_safe
@login_not_required
def team_list(request: HttpRequest) -> HttpResponse:
    narrowed = TeamFilter(request.GET, _teams(request), request=request)
    page = Paginator(narrowed.qs, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "layout": layout_of(request),
        "filter": narrowed,
        "page": page,
        "entries": [Entry(team, request.user) for team in page],
        "own": Team.objects.own(request.user).first() if reach_of(request.user).teams else None,
        "may_download": request.user.is_authenticated and has_perm("csirt_network.download_contacts", request.user),
        "may_look_after": request.user.is_authenticated and request.user.has_perm("csirt_network.look_after_entries"),
    }
    return render(request, "csirt_network/team_list.html", context)


@require_safe
@login_not_required
def team_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """What the page says of each team, for whoever sees it."""
    found = TeamFilter(request.GET, _teams(request), request=request).qs
    return table_response(team_rows(request.user, found), f"csirts-{get_language()}", form)


@require_safe
def contacts_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(_contacts(request), f"csirt-contacts-{get_language()}.csv")


@require_safe
def contacts_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(_contacts(request), f"csirt-contacts-{get_language()}.xlsx")


def _contacts(request: HttpRequest) -> Iterator[tuple[Any, ...]]:
    """Of the teams that the page shows with the same query."""
    if not request.user.has_perm("csirt_network.download_contacts"):
        raise PermissionDenied
    return contact_rows(request.user, TeamFilter(request.GET, _teams(request), request=request).qs)


def _teams(request: HttpRequest) -> Any:
    """By state, the national team first."""
    return teams_for(request.user).in_order()
