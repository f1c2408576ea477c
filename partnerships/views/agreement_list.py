"""All agreements that the reader may know of: as cards, on one line, and as tables."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.downloads import csv_response, xlsx_response
from documents.views import layout_of
from partnerships.agreement_line import on_one_line
from partnerships.agreement_list import agreements_for, chosen_of, counted, groups_of, table, with_parties
from partnerships.filters.agreements import AgreementFilter
from partnerships.views.finding import may

PAGE = 30
AFTER = "after"


@login_not_required
@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Those of the OAS first, then the others, newest first; page by page after the last one seen."""
    chosen = chosen_of(request)
    found = list(_page(chosen.found, request)[: PAGE + 1])
    query = urlencode([(name, value) for name, value in request.GET.items() if name != AFTER and value])
    is_first, shown = not request.GET.get(AFTER), found[:PAGE]
    context = {
        "filter": chosen,
        "groups": groups_of(shown, request.user),
        "tabs": _tabs(request, chosen),
        "query": query,
        "next_url": f"?{AFTER}={shown[-1].slug}&{query}".rstrip("&") if len(found) > PAGE else "",
        "previous_url": "" if is_first else f"?{query}",
        "line": on_one_line(request.user) if is_first and not query else [],
        "may_edit": may(request.user, "partnerships.edit_agreement"),
        "layout": layout_of(request),
    }
    return render(request, "partnerships/agreement_list.html", context)


@login_not_required
@require_safe
def agreement_csv(request: HttpRequest) -> HttpResponseBase:
    lines = list(table(chosen_of(request).found, request.user))
    return csv_response(lines, f"agreements-{get_language()}.csv")


@login_not_required
@require_safe
def agreement_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(table(chosen_of(request).found, request.user), f"agreements-{get_language()}.xlsx")


def _page(agreements: Any, request: HttpRequest) -> Any:
    cursor = request.GET.get(AFTER, "").replace("\0", "")
    last = agreements_for(request.user).filter(slug=cursor).first() if cursor else None
    return with_parties(agreements.after(last) if last else agreements, request.user)


def _tabs(request: HttpRequest, chosen: AgreementFilter) -> list[dict[str, Any]]:
    """With how many of those that the other filters leave stand under each."""
    asked = [(name, value) for name, value in request.GET.items() if name not in (AFTER, "show") and value]
    others = AgreementFilter(dict(asked), queryset=agreements_for(request.user), request=request)
    numbers, here = counted(others.found), request.GET.get("show", "")
    words = {
        "all": _("All %(number)d"),
        "oas": _("OAS is a party %(number)d"),
        "linked": _("Linked %(number)d"),
        "closed": _("Closed %(number)d"),
    }
    return [
        {
            "url": "?" + urlencode([*asked, *([("show", code)] if code != "all" else [])]),
            "label": label % {"number": numbers[code]},
            "current": here == code or (code == "all" and here not in numbers),
        }
        for code, label in words.items()
    ]
