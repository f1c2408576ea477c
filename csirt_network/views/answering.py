"""Answers to an alert: ours to give, and for whoever asked, who has answered."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.downloads import table_response, where, whereabouts
from common.moments import as_utc
from csirt_network.actions.answering import acknowledge
from csirt_network.answers import sides_of, totals_of
from csirt_network.board import Answered, board_of
from csirt_network.forms.answers import AcknowledgeForm
from csirt_network.models import Alert
from csirt_network.views.alert_page import show
from csirt_network.views.finding import find_alert
from review.actions import Refused


@require_POST
def alert_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    alert = find_alert(request, pk)
    if not request.user.has_perm("csirt_network.answer_alert", alert):
        raise PermissionDenied
    form = AcknowledgeForm(request.POST, sides=sides_of(alert, request.user))
    if not form.is_valid():
        return show(request, alert, status=422, form=form)
    try:
        acknowledge(alert=alert, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your answer is recorded. You can change it until the alert is closed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{alert.get_absolute_url()}#answer")


@require_safe
def alert_answers(request: HttpRequest, pk: int) -> HttpResponse:
    alert = _find_asked(request, pk)
    context = {"alert": alert, "rows": board_of(alert, request.user), "totals": totals_of(alert)}
    return render(request, "csirt_network/alert_answers.html", context)


@require_safe
def alert_answers_csv(request: HttpRequest, pk: int, form: str = "csv") -> HttpResponseBase:
    alert = _find_asked(request, pk)
    return table_response(_lines(alert, board_of(alert, request.user)), f"alert-{alert.code}-answers", form)


def _find_asked(request: HttpRequest, pk: int) -> Alert:
    alert = find_alert(request, pk)
    if not request.user.has_perm("csirt_network.view_answers", alert):
        raise PermissionDenied
    return alert


def _lines(alert: Alert, rows: list[Answered]) -> Iterator[list[Any]]:
    answer = [_("Opened"), _("Answer"), _("Note"), _("Answered"), _("By")]
    yield ["TLP", _("Alert"), _("Team"), _("State"), *answer, *where()]
    for row in rows:
        said = row.answer
        yield [
            alert.get_tlp_display(),
            alert.code,
            row.name,
            row.state,
            as_utc(row.opened_at),
            said.get_answer_display() if said else "",
            said.note if said else "",
            as_utc(said.at if said else None),
            str(said.by) if said else "",
            *whereabouts(alert),
        ]
