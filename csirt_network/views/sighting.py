"""Indicators taken away clean, and what teams have seen of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.downloads import table_response
from csirt_network.actions.sighting import sight
from csirt_network.forms.sightings import SightingForm
from csirt_network.models import Indicator, Team
from csirt_network.reads import note_reading
from csirt_network.sightings import lines_of
from csirt_network.views.alert_page import show
from csirt_network.views.finding import find_alert
from review.actions import Refused


@require_POST
def alert_sight(request: HttpRequest, pk: int) -> HttpResponse:
    alert = find_alert(request, pk)
    team = Team.objects.own(request.user).order_by("pk").first()
    if team is None or not request.user.has_perm("csirt_network.sight_alert", alert):
        raise PermissionDenied
    standing = Indicator.objects.visible_to(request.user).standing().filter(alert=alert)
    form = SightingForm(request.POST, indicators=standing)
    if form.is_valid():
        try:
            sight(alert=alert, team=team, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. Readers see the number; who saw it, only those who asked."))
            return redirect(f"{alert.get_absolute_url()}#sightings")
        except Refused as refusal:
            form.add_error("indicator", str(refusal))
    return show(request, alert, status=422, sight_form=form)


@login_not_required
@require_safe
def indicators_csv(request: HttpRequest, pk: int, form: str = "csv") -> HttpResponseBase:
    alert = find_alert(request, pk)
    note_reading(request, alert)
    return table_response(lines_of(alert, request.user), f"alert-{alert.code}-indicators", form)


@login_not_required
@require_safe
def indicators_text(request: HttpRequest, pk: int) -> HttpResponse:
    """One value a line, the label first as a comment."""
    alert = find_alert(request, pk)
    note_reading(request, alert)
    lines = [f"# {alert.get_tlp_display()} {alert.get_pap_display()} {alert.code}"]
    values = Indicator.objects.visible_to(request.user).standing().filter(alert=alert).values_list("value", flat=True)
    response = HttpResponse("\n".join([*lines, *values, ""]), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="alert-{alert.code}-indicators.txt"'
    return response
