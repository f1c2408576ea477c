"""Webhooks of a team: made with a fresh second factor, their secret shown once; deliveries, tests, an end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.second_factor import fresh_to_act
from csirt_network.actions import webhooks as actions
from csirt_network.forms.channels import WebhookForm
from csirt_network.models import Webhook, WebhookDelivery
from csirt_network.rule_words import conditions
from csirt_network.views.subscriptions import kept_teams
from review.actions import Refused

MOST_SHOWN = 50


@require_safe
def webhook_list(request: HttpRequest) -> HttpResponse:
    """For everybody of the team to see; kept by its representatives."""
    if not request.user.reach.teams:  # type: ignore[union-attr]
        raise PermissionDenied
    found = Webhook.objects.visible_to(request.user).standing().select_related("team")
    context = {"webhooks": list(found), "keeps": bool(kept_teams(request.user))}
    return render(request, "csirt_network/webhook_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_act
def webhook_new(request: HttpRequest) -> HttpResponse:
    """Answers the POST itself: the secret is shown here once, and is in no session and no message."""
    teams = kept_teams(request.user)
    if not teams:
        raise PermissionDenied
    form = WebhookForm(request.POST if request.method == "POST" else None, teams=teams)
    webhook, secret, status = None, "", 200
    if request.method == "POST":
        webhook, secret = _make(request, form) if form.is_valid() else (None, "")
        status = 200 if webhook else 422
    context = {"form": form, "webhook": webhook, "secret": secret}
    return render(request, "csirt_network/webhook_form.html", context, status=status)


def _make(request: HttpRequest, form: WebhookForm) -> tuple[Webhook | None, str]:
    try:
        return actions.make_webhook(team=form.chosen_team, columns=form.columns, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None, ""


@require_safe
def webhook_detail(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _find(request, pk)
    sent = (
        WebhookDelivery.objects.visible_to(request.user).filter(webhook=webhook).select_related("announcement__alert")
    )
    context = {
        "webhook": webhook,
        "conditions": conditions(webhook),
        "deliveries": list(sent.order_by("-queued_at", "-pk")[:MOST_SHOWN]),
        "keeps": _keeps(request, webhook),
    }
    return render(request, "csirt_network/webhook_detail.html", context)


@require_POST
def webhook_test(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.send_test, _("A test is on its way. Load this page again to see the answer."))


@require_POST
def webhook_resume(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.resume, _("The webhook is going again."))


@require_POST
def webhook_end(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _find(request, pk, to_act=True)
    actions.end(webhook=webhook, by=request.user)
    messages.success(request, _("“%(name)s” is ended. Nothing more is sent there.") % {"name": webhook.name})
    return redirect("webhook-list")


def _act(request: HttpRequest, pk: int, action: Any, done: str) -> HttpResponse:
    webhook = _find(request, pk, to_act=True)
    try:
        action(webhook=webhook, by=request.user)
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(webhook)


def _find(request: HttpRequest, pk: int, *, to_act: bool = False) -> Webhook:
    found = get_object_or_404(Webhook.objects.visible_to(request.user).select_related("team", "made_by"), pk=pk)
    if to_act and not _keeps(request, found):
        raise PermissionDenied
    return found


def _keeps(request: HttpRequest, webhook: Webhook) -> bool:
    return bool(request.user.has_perm("csirt_network.keep_channels", webhook.team))
