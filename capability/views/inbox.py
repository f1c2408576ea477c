"""The updates that staff wait for, look at and have accepted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from capability.filters import UpdateFilter
from capability.inbox import IN_REVIEW, TABS, count_hints, counts_of, rows_of
from capability.models import Update

PAGE = 50


@require_safe
def update_inbox(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("capability.view_inbox"):
        raise PermissionDenied
    tab = request.GET.get("status", IN_REVIEW)
    tab = tab if tab in TABS else IN_REVIEW
    given = UpdateFilter(request.GET, Update.objects.visible_to(request.user).in_rounds(), request=request)
    counts = counts_of(given.qs)
    page = _page(rows_of(given.qs, tab), counts[tab], request)
    if tab == IN_REVIEW and page.object_list:
        _say_hints(page.object_list, request.user)
    context = {
        "filter": given,
        "tabs": [_tab(request, code, counts[code], code == tab) for code in TABS],
        "tab": tab,
        "counts": counts,
        "waiting": counts[IN_REVIEW],
        "total": sum(counts.values()),
        "page": page,
        "previous_url": _link(request, page=page.number - 1) if page.has_previous() else "",
        "next_url": _link(request, page=page.number + 1) if page.has_next() else "",
    }
    return render(request, "capability/inbox.html", context)


def _page(rows: Any, count: int, request: HttpRequest) -> Page:
    paginator = Paginator(rows, PAGE)
    paginator.count = count  # known from the tabs: not asked twice
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    for update in page.object_list:
        if update.sent_at:
            update.days_waiting = (timezone.localdate() - timezone.localdate(update.sent_at)).days
    return page


def _say_hints(updates: Any, user: Any) -> None:
    hints = count_hints(updates, user)
    for update in updates:
        update.hints = hints[update.pk]


def _tab(request: HttpRequest, code: str, count: int, current: bool) -> dict[str, Any]:
    words = TABS[code][0]
    return {"url": _link(request, status=code, page=None), "label": f"{words} ({count})", "current": current}


def _link(request: HttpRequest, **changes: Any) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = str(value)
    return f"?{query.urlencode()}"
