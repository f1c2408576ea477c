"""What readers say of an alert: comments, and corrections proposed and decided."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from capability.diff import sides_of as diff_of
from csirt_network.actions.talking import accept_correction, comment, propose, refuse_correction, withdraw_comment
from csirt_network.forms.talk import CommentForm, CorrectionForm, DecisionForm, fields_of
from csirt_network.models import Alert, Comment, Correction, Team
from csirt_network.views.alert_page import show
from csirt_network.views.finding import find_alert
from review.actions import Refused


@require_POST
def comment_write(request: HttpRequest, pk: int) -> HttpResponse:
    alert = find_alert(request, pk)
    if not request.user.has_perm("csirt_network.comment_alert", alert):
        raise PermissionDenied
    form = CommentForm(request.POST)
    if not form.is_valid():
        return show(request, alert, status=422, comment_form=form)
    comment(alert=alert, team=_own_team(request.user), by=request.user, **form.cleaned_data)
    messages.success(request, _("Your comment is there for everybody who reads this alert."))
    return redirect(f"{alert.get_absolute_url()}#discussion")


@require_POST
def comment_withdraw(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    alert = find_alert(request, pk)
    found = get_object_or_404(Comment.objects.visible_to(request.user), alert=alert, pk=number)
    if found.by_id != request.user.pk:
        raise PermissionDenied
    withdraw_comment(comment=found, by=request.user)
    messages.success(request, _("Your comment is withdrawn. Its words are shown to nobody."))
    return redirect(f"{alert.get_absolute_url()}#discussion")


@require_http_methods(["GET", "HEAD", "POST"])
def correction_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """`?field=happening_es`: which words of the alert."""
    alert = find_alert(request, pk)
    team = _own_team(request.user)
    if team is None or not request.user.has_perm("csirt_network.correct_alert", alert):
        raise PermissionDenied
    fields = dict(fields_of(alert))
    field = request.GET.get("field") or next(iter(fields), "")
    if field not in fields:
        raise Http404
    form = CorrectionForm(
        request.POST or None, field=field, initial={"key": uuid.uuid4(), "after": getattr(alert, field)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            propose(alert=alert, team=team, field=field, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("Your correction was sent to those the alert comes from. They answer you here.")
            )
            return redirect(f"{alert.get_absolute_url()}#corrections")
        except Refused as refusal:
            form.add_error("after", str(refusal))
    context = {"alert": alert, "form": form, "field": field, "field_label": fields[field]}
    status = 422 if request.method == "POST" else 200
    return render(request, "csirt_network/correction_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def correction_decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """For whoever proposed it, and those the alert comes from, who decide."""
    alert = find_alert(request, pk)
    found: Any = Correction.objects.visible_to(request.user).select_related("team", "by", "decided_by")
    correction = get_object_or_404(found, alert=alert, pk=number)
    may_decide = request.user.has_perm("csirt_network.decide_correction", alert)
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, alert, correction, form.cleaned_data)
    context = {
        "alert": alert,
        "correction": correction,
        "label": dict(fields_of(alert)).get(correction.field, correction.field),
        "sides": diff_of(correction.before, correction.after),
        "is_current": getattr(alert, correction.field) == correction.before,
        "form": form if may_decide and correction.decided_at is None else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "csirt_network/correction.html", context, status=status)


def _decide(request: HttpRequest, alert: Alert, correction: Correction, given: dict[str, Any]) -> HttpResponse:
    is_accepted = given["verdict"] == "accept"
    do = accept_correction if is_accepted else refuse_correction
    correction.alert = alert
    try:
        do(correction=correction, answer=given["answer"], by=request.user)
        said = _("The correction is accepted: a new version is out, and its readers are told.")
        messages.success(request, said if is_accepted else _("The correction is refused. Whoever proposed it is told."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{alert.get_absolute_url()}#corrections")


def _own_team(user: Any) -> Team | None:
    """In whose name somebody speaks in the network: the first of the own teams."""
    return Team.objects.own(user).order_by("pk").first()
