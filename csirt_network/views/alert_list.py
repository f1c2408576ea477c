"""Alerts: what waits for us, and all that the reader's label lets read."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.downloads import csv_response, each, where, whereabouts, xlsx_response
from common.moments import as_utc
from common.scope import reach_of
from csirt_network.alert_filter import AlertFilter
from csirt_network.alert_words import incidents, languages_of
from csirt_network.models import Acknowledgement, Alert
from csirt_network.querysets.asked import DUE_FIRST

PAGE = 30
MOST_OPEN = 50
CURSOR = "before"


@login_not_required
@require_safe
def alert_list(request: HttpRequest) -> HttpResponse:
    """Newest first, page by page after the last one seen."""
    chosen = chosen_of(request)
    found = list(_before(with_answers(chosen.found, request.user), request.GET.get(CURSOR, ""))[: PAGE + 1])
    query = urlencode([(name, value) for name, value in chosen.data.items() if name != CURSOR and value])
    context = {
        "filter": chosen,
        "alerts": found[:PAGE],
        "asked": open_for(request.user),
        "may_write": request.user.is_authenticated and request.user.has_perm("csirt_network.write_alert"),
        "is_asked": bool(reach_of(request.user).teams),
        "last": Alert.objects.visible_to(request.user).out().first(),
        "query": query,
        "next_url": f"?{CURSOR}={found[PAGE - 1].code}&{query}" if len(found) > PAGE else "",
        "previous_url": f"?{query}" if request.GET.get(CURSOR) else "",
    }
    return render(request, "csirt_network/alert_list.html", context)


@login_not_required
@require_safe
def alert_csv(request: HttpRequest) -> StreamingHttpResponse:
    return csv_response(lines_of(chosen_of(request).found), "alerts.csv")


@login_not_required
@require_safe
def alert_xlsx(request: HttpRequest) -> FileResponse:
    return xlsx_response(lines_of(chosen_of(request).found), "alerts.xlsx")


def chosen_of(request: HttpRequest) -> AlertFilter:
    alerts = Alert.objects.visible_to(request.user).out().select_related("from_team")
    return AlertFilter(request.GET, queryset=alerts.order_by("-year", "-number"), request=request)


def open_for(user: Any) -> list[Alert]:
    """What asks for our answer and is open: due first, answered or not."""
    if not user.is_authenticated:
        return []
    alerts = Alert.objects.visible_to(user).open().asking(user).select_related("from_team").order_by(*DUE_FIRST)
    return list(with_answers(alerts, user)[:MOST_OPEN])


def with_answers(alerts: QuerySet[Alert], user: Any) -> QuerySet[Alert]:
    """Each with `our_answers`: those of the own teams, and the reader's own."""
    if not user.is_authenticated:
        return alerts
    standing = Acknowledgement.objects.visible_to(user).standing()
    ours = standing.filter(Q(team__in=user.reach.teams) | Q(person=user.pk)).select_related("team", "by")
    return alerts.prefetch_related(Prefetch("acknowledgements", queryset=ours, to_attr="our_answers"))


def _before(alerts: QuerySet[Alert], cursor: str) -> QuerySet[Alert]:
    year, _dash, number = cursor.partition("-")
    if not (year.isdecimal() and number.isdecimal() and len(cursor) < 16):
        return alerts
    return alerts.filter(Q(year__lt=int(year)) | Q(year=int(year), number__lt=int(number)))


def lines_of(alerts: QuerySet[Alert]) -> Iterator[list[Any]]:
    """Each under its label: a table of alerts is passed on like the strictest among them."""
    yield [
        _("Number"),
        _("Version"),
        "TLP",
        "PAP",
        _("Kind"),
        _("Title"),
        _("From"),
        _("Published"),
        _("Answer due"),
        _("Closed"),
        _("Incident types"),
        "CVE",
        _("Affected products"),
        _("Languages"),
        *where(),
    ]
    for alert in each(alerts):
        yield [
            alert.code,
            alert.version,
            alert.get_tlp_display(),
            alert.get_pap_display(),
            alert.get_kind_display(),
            alert.title_in_any,
            str(alert.from_team or _("The programme")),
            as_utc(alert.published_at),
            as_utc(alert.answer_by),
            as_utc(alert.closed_at),
            ", ".join(incidents(alert)),
            ", ".join(alert.cves),
            alert.products,
            ", ".join(languages_of(alert)),
            *whereabouts(alert),
        ]
