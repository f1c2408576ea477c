"""Early warnings of a team: looked over, handled, taken away; and where else the values of an alert are held."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.downloads import csv_response, xlsx_response
from common.scope import reach_of
from csirt_network.models import Indicator
from csirt_network.views.finding import find_alert
from documents.views import layout_of
from exchange.actions.warning import handle, note_seen
from exchange.claim_list import warning_lines
from exchange.correlations import related
from exchange.filters.claims import WarningFilter
from exchange.forms.claims import HandleForm
from exchange.models import AssetClaim, EarlyWarning
from review.actions import Refused

PAGE = 30


@require_safe
def warning_list(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    claims = AssetClaim.objects.visible_to(request.user).filter(team__in=reach_of(request.user).teams)
    context = {
        "filter": chosen,
        "page": Paginator(chosen.qs, PAGE).get_page(request.GET.get("page")),
        "own_teams": reach_of(request.user).teams,
        "claimed": claims.approved().count(),
        "layout": layout_of(request),
    }
    return render(request, "exchange/warning_list.html", context)


@require_safe
def warning_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(_lines(request), "early-warnings.csv")


@require_safe
def warning_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(_lines(request), "early-warnings.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def warning_detail(request: HttpRequest, pk: int) -> HttpResponse:
    warning = get_object_or_404(_rows(request), pk=pk)
    may_handle = request.user.has_perm("exchange.handle_warning", warning)
    form = HandleForm(
        request.POST if request.method == "POST" else None,
        initial={"status": warning.status, "note": warning.note, "was": warning.status},
    )
    if request.method == "POST":
        if not may_handle:
            raise PermissionDenied
        if form.is_valid() and _handled(request, warning, form):
            return redirect(warning)
    elif may_handle and warning.seen_at is None:
        request.after_response.append(lambda: note_seen(warning=warning, by=request.user))  # type: ignore[attr-defined]
    context = {"warning": warning, "form": form, "may_handle": may_handle, "layout": layout_of(request)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "exchange/warning_detail.html", context, status=status)


@login_not_required
@require_safe
def alert_related(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of the alert's page, loaded by script; a page of its own without."""
    alert = find_alert(request, pk)
    values = Indicator.objects.visible_to(request.user).standing().filter(alert=alert).values_list("kind", "value")
    found = related(values, request.user, alert=alert.pk)
    is_part = request.headers.get("HX-Request") == "true"
    template = "exchange/related_part.html" if is_part else "exchange/related.html"
    return render(request, template, {"alert": alert, "found": found, "layout": layout_of(request)})


def _handled(request: HttpRequest, warning: EarlyWarning, form: HandleForm) -> bool:
    given = form.cleaned_data
    try:
        handle(
            warning=warning,
            status=given["status"],
            note=given["note"].strip(),
            was=given["was"],
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Your team sees what you said of it."))
    return True


def _rows(request: HttpRequest) -> Any:
    seen = EarlyWarning.objects.visible_to(request.user)
    # The claim is not joined: of a back-up the wall hides it, and a join would hide the warning too.
    return seen.select_related("team", "alert", "object", "seen_by", "handled_by")


def _chosen(request: HttpRequest) -> WarningFilter:
    if not request.user.has_perm("exchange.view_warnings"):
        raise PermissionDenied
    return WarningFilter(request.GET, _rows(request).prefetch_related("claim"), request=request)


def _lines(request: HttpRequest) -> Any:
    return warning_lines(_chosen(request).qs, reach_of(request.user).teams)
