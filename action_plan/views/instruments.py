"""The instruments of the programme's mandate, and what implements each: for everybody; officers keep the links."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import instruments as actions
from action_plan.forms.instruments import LinkForm
from action_plan.instrument_list import agreements_of, instruments_for, table
from action_plan.models import Activity, Instrument, InstrumentActivity, InstrumentPoint
from common.downloads import csv_response, xlsx_response
from documents.views import layout_of

SHOWN = 200


@require_safe
@login_not_required
def instrument_list(request: HttpRequest) -> HttpResponse:
    found = instruments_for(request.user)
    return render(request, "action_plan/instrument_list.html", {"instruments": found, "layout": layout_of(request)})


@require_safe
@login_not_required
def instrument_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(table(instruments_for(request.user)), f"instruments-{get_language()}.csv")


@require_safe
@login_not_required
def instrument_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(table(instruments_for(request.user)), f"instruments-{get_language()}.xlsx")


@require_safe
@login_not_required
def instrument_detail(request: HttpRequest, slug: str) -> HttpResponse:
    instrument = _find(request, slug)
    links = InstrumentActivity.objects.visible_to(request.user).filter(instrument=instrument)
    activities = Activity.objects.visible_to(request.user).filter(pk__in=links.values("activity"))
    context = {
        "instrument": instrument,
        "points": InstrumentPoint.objects.visible_to(request.user)
        .filter(instrument=instrument)
        .select_related("source"),
        "agreements": agreements_of(instrument, request.user),
        "activities": activities.order_by("-starts_on", "-pk")[:SHOWN],
        "may_link": request.user.is_authenticated and request.user.has_perm("action_plan.link_instrument"),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/instrument_detail.html", context)


def _find(request: HttpRequest, slug: str) -> Instrument:
    found = Instrument.objects.visible_to(request.user).select_related("source", "dated_by")
    return get_object_or_404(found, slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def instrument_link(request: HttpRequest, slug: str) -> HttpResponse:
    instrument = _find(request, slug)
    _permit(request)
    posted = request.POST if request.method == "POST" else None
    form = LinkForm(posted, by=request.user)
    if form.is_valid():
        actions.link(instrument=instrument, by=request.user, **form.cleaned_data)
        messages.success(request, _("The page of the instrument shows it."))
        return redirect(instrument)
    context = {"instrument": instrument, "form": form, "layout": layout_of(request)}
    return render(request, "action_plan/instrument_link.html", context, status=422 if form.errors else 200)


@require_POST
def instrument_unlink(request: HttpRequest, slug: str) -> HttpResponse:
    """What is named `point` or `activity` implements the instrument no more; what was never linked stays so."""
    instrument = _find(request, slug)
    _permit(request)
    point, activity = (_number(request.POST.get(name, "")) for name in ("point", "activity"))
    actions.unlink(instrument=instrument, point=point, activity=activity, by=request.user)
    messages.success(request, _("It is no longer named as implementing the instrument."))
    return redirect(instrument)


def _permit(request: HttpRequest) -> None:
    if not request.user.has_perm("action_plan.link_instrument"):
        raise PermissionDenied


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
