"""Activities by month, narrowed like the list."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from action_plan.looks import ways_to_look
from action_plan.month import Month, month_of
from action_plan.views.activities import may
from action_plan.views.activity_list import chosen_of
from documents.views import layout_of

MONTH = "month"


@login_not_required
@require_safe
def activity_calendar(request: HttpRequest) -> HttpResponse:
    """Without a month, and for what is none, the present one."""
    chosen = chosen_of(request)
    first = month_of(request.GET.get(MONTH, "")) or timezone.localdate().replace(day=1)
    query = urlencode([(name, value) for name, value in request.GET.items() if name != MONTH and value])
    context: dict[str, Any] = {
        "filter": chosen,
        "month": Month(first, chosen.found),
        "tabs": ways_to_look("calendar", query, has_feeds=request.user.is_authenticated),
        "value": f"{first:%Y-%m}",
        "query": query,
        "may_add": may(request.user, "action_plan.add_activity"),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/activity_calendar.html", context)
