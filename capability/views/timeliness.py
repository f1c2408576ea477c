"""Who sent on time, late or not at all, over all rounds."""

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from capability.models import Update
from capability.timeliness import bars, kind_of, rounds_of, rows, updates_of
from common.downloads import csv_response, xlsx_response
from member_states.models import MemberState

ROUNDS = 6  # on a page; the tables to download hold all


class Line(NamedTuple):
    """One state; an update and how timely it was, or None, for each round."""

    state: MemberState
    updates: list[tuple[Update, str] | None]


@require_safe
def round_timeliness(request: HttpRequest) -> HttpResponse:
    _permit(request)
    page = Paginator(rounds_of(request.user), ROUNDS).get_page(request.GET.get("page"))
    updates = list(updates_of(request.user).filter(round__in=[round.pk for round in page]))
    drawn = bars(updates)
    context = {
        "bars": drawn,
        "lines": _lines(updates, [bar.round for bar in drawn]),
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "capability/round_timeliness.html", context)


@require_safe
def round_timeliness_table(request: HttpRequest) -> HttpResponseBase:
    _permit(request)
    return csv_response(rows(request.user), "timeliness.csv")


@require_safe
def round_timeliness_workbook(request: HttpRequest) -> HttpResponseBase:
    _permit(request)
    return xlsx_response(rows(request.user), "timeliness.xlsx")


def _lines(updates: list[Any], rounds: list[Any]) -> list[Line]:
    found = {(update.state, update.round): (update, kind_of(update)) for update in updates}
    states = dict.fromkeys(update.state for update in updates)
    return [Line(state, [found.get((state, round)) for round in rounds]) for state in states]


def _permit(request: HttpRequest) -> None:
    if not request.user.has_perm("capability.view_inbox"):
        raise PermissionDenied
