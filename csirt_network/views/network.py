"""The network and the states: who is in it, who is not yet, and how a team joins; the days on which a state works."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.days import today
from common.downloads import table_response, where
from csirt_network.admission.standing import network_for
from csirt_network.admission.steps import CHECKS, WORKING_DAYS
from csirt_network.forms.admission import ClosedDayForm
from csirt_network.models import ClosedDay
from csirt_network.working_days import has_calendar, holidays_of
from documents.views import layout_of
from member_states.models import MemberState


@login_not_required
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    context = {
        "network": network_for(user),
        "may_open": user.is_authenticated and user.has_perm("csirt_network.open_applications"),
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/network.html", context)


@login_not_required
@require_safe
def join(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    context = {
        "days": WORKING_DAYS,
        "checks": CHECKS.values(),
        "may_open": user.is_authenticated and user.has_perm("csirt_network.open_applications"),
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/join.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def closed_days(request: HttpRequest, state: str) -> HttpResponse:
    found = get_object_or_404(MemberState.objects.visible_to(request.user), slug=state)
    may_keep = _may_keep(request, found)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    form = ClosedDayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        closed = {"day": form.cleaned_data["day"], "name": form.cleaned_data["name"]}
        _day, is_new = ClosedDay.objects.get_or_create(state=found, day=closed["day"], defaults=closed)
        messages.success(request, _("The day is kept.") if is_new else _("This day was kept already."))
        return redirect(request.path)
    context = {
        "state": found,
        "form": form if may_keep else None,
        "closed": ClosedDay.objects.visible_to(request.user).filter(state=found),
        "has_calendar": has_calendar(found.alpha3),
        "holidays": _holidays(found),
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/closed_days.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def closed_days_table(request: HttpRequest, state: str, form: str) -> HttpResponseBase:
    """The days that are kept, then the public holidays of this year and the next."""
    found = get_object_or_404(MemberState.objects.visible_to(request.user), slug=state)
    kept = ClosedDay.objects.visible_to(request.user).filter(state=found).values_list("day", "name", "pk")
    address = settings.SITE_URL + reverse("closed-days", args=[state])
    rows: list[list[Any]] = [[_("Day"), _("Name"), _("Kind"), *where()]]
    rows += [[day, name, _("Closed day"), pk, address] for day, name, pk in kept]
    rows += [[day, name, _("Public holiday"), "", address] for day, name in _holidays(found)]
    return table_response(rows, f"closed-days-{found.slug}-{get_language()}", form)


def _holidays(state: MemberState) -> list[tuple[date, str]]:
    """Of this year and the next."""
    year = today().year
    return [*holidays_of(state.alpha3, year).items(), *holidays_of(state.alpha3, year + 1).items()]


@require_POST
def closed_day_remove(request: HttpRequest, state: str, pk: int) -> HttpResponse:
    day = get_object_or_404(ClosedDay.objects.visible_to(request.user), state__slug=state, pk=pk)
    if not _may_keep(request, day.state):
        raise PermissionDenied
    day.delete()
    messages.success(request, _("The day counts as a working day again."))
    return redirect("closed-days", state)


def _may_keep(request: HttpRequest, state: MemberState) -> bool:
    user: Any = request.user
    return user.is_authenticated and user.has_perm("csirt_network.keep_closed_days", state)
