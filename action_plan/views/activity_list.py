"""All activities that the reader may know of: as a list and as tables."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from action_plan.activity_filter import ActivityFilter
from action_plan.activity_table import table
from action_plan.looks import ways_to_look
from action_plan.models import Activity, ActivityState
from action_plan.querysets.activities import ActivityQuerySet
from action_plan.views.activities import may
from common.downloads import csv_response, xlsx_response
from documents.views import layout_of

PAGE = 30
AFTER = "after"


@login_not_required
@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """Newest first, page by page after the last one seen."""
    chosen = chosen_of(request)
    found = list(_page(chosen.found, request)[: PAGE + 1])
    query = urlencode([(name, value) for name, value in request.GET.items() if name != AFTER and value])
    context = {
        "filter": chosen,
        "activities": found[:PAGE],
        "tabs": ways_to_look("list", query, has_feeds=request.user.is_authenticated),
        "query": query,
        "next_url": f"?{AFTER}={found[PAGE - 1].slug}&{query}".rstrip("&") if len(found) > PAGE else "",
        "previous_url": f"?{query}" if request.GET.get(AFTER) else "",
        "may_add": may(request.user, "action_plan.add_activity"),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/activity_list.html", context)


@login_not_required
@require_safe
def activity_csv(request: HttpRequest) -> StreamingHttpResponse:
    return csv_response(lines_of(request), "activities.csv")


@login_not_required
@require_safe
def activity_xlsx(request: HttpRequest) -> FileResponse:
    return xlsx_response(lines_of(request), "activities.xlsx")


def chosen_of(request: HttpRequest) -> ActivityFilter:
    return ActivityFilter(request.GET, queryset=Activity.objects.visible_to(request.user), request=request)


def with_states(activities: ActivityQuerySet, user: Any) -> ActivityQuerySet:
    """Each with `shown_states`: those of which the reader may know that they take part."""
    rows = ActivityState.objects.visible_to(user).select_related("state")
    return activities.prefetch_related(Prefetch("taking_part", rows, to_attr="shown_states"))


def _page(activities: Any, request: HttpRequest) -> Any:
    cursor = request.GET.get(AFTER, "")
    last = Activity.objects.visible_to(request.user).filter(slug=cursor).first() if cursor else None
    rest = activities.after(last) if last else activities
    return with_states(rest.newest_first().with_figures().select_related("officer", "host_state"), request.user)


def lines_of(request: HttpRequest) -> Iterator[list[Any]]:
    """All that the page would show."""
    return table(chosen_of(request).found.newest_first(), request.user)
