"""What was sent to whom: for staff, filtered, page by page, and as a table."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.downloads import each, table_response, where, whereabouts
from common.templatetags.looks import STATUSES
from reporting.archive import Told, each_told, told_of
from reporting.filters import DeliveryFilter
from reporting.models import Delivery, Run

PAGE = 50


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Newest first, page by page after the last one seen."""
    chosen = _chosen(request)
    before = request.GET.get("before", "")
    rows = chosen.found.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else chosen.found
    told = told_of(request.user, rows.order_by("-pk")[: PAGE + 1])
    query = urlencode({name: value for name, value in chosen.data.items() if name != "before" and value})
    context = {
        "filter": chosen,
        "told": told[:PAGE],
        "may_make": request.user.has_perm("reporting.make_run"),
        "query": query,
        "next_url": f"?before={told[PAGE - 1].delivery.pk}&{query}" if len(told) > PAGE else "",
        "previous_url": f"?{query}" if before else "",
    }
    return render(request, "reporting/run_archive.html", context)


@require_safe
def archive_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """All of the archive that the filter lets through, in the reader's language and zone."""
    chosen = _chosen(request)
    return table_response(_lines(each_told(request.user, chosen.found.order_by("-pk"))), "reports-sent", form)


@require_safe
def run_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """Whatever the list of reports shows its reader: for staff those that are made or failed as well."""
    user = request.user
    runs = Run.objects.visible_to(user).select_related("state", "round", "agreement", "schedule").order_by("-pk")
    if not user.has_perm("reporting.view_reports"):
        if not user.has_perm("reporting.view_own_reports"):
            raise PermissionDenied
        sent = Delivery.objects.visible_to(user).values("run")
        runs = runs.ready().filter(Q(pk__in=sent) | Q(pk__in=runs.of_region().order_by().values("pk")))
    if state := request.GET.get("state", "").replace("\0", ""):
        runs = runs.filter(state__slug=state)
    return table_response(_run_lines(runs), "reports", form)


def _run_lines(runs: Any) -> Iterator[list[Any]]:
    yield [_("Report"), _("About"), _("Languages"), _("Status"), _("Made on"), _("Reason"), *where()]
    for one in each(runs):
        yield [
            one.get_kind_display(),
            str(one.about),
            ", ".join(one.languages),
            one.get_status_display(),
            one.finished_at,
            one.why,
            *whereabouts(one),
        ]


def _chosen(request: HttpRequest) -> DeliveryFilter:
    if not request.user.has_perm("reporting.view_reports"):
        raise PermissionDenied
    return DeliveryFilter(request.GET, queryset=Delivery.objects.visible_to(request.user), request=request)


def _lines(told: Iterable[Told]) -> Iterator[list[Any]]:
    yield [
        _("Report"),
        _("About"),
        _("Recipient"),
        _("Language"),
        _("Told on"),
        _("Status"),
        _("Sent on"),
        _("Reason"),
        _("Downloaded on"),
        _("Expired on"),
        *where(),
    ]
    for one in told:
        delivery = one.delivery
        yield [
            delivery.run.get_kind_display(),
            str(delivery.run.about),
            delivery.name,
            delivery.get_language_display(),
            delivery.at,
            STATUSES[one.look].word,
            delivery.sent_at,
            one.why,
            one.downloaded_at,
            one.expired_at,
            *whereabouts(delivery.run),
        ]
