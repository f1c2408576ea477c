"""Subscriptions: looked over, made with a preview, changed, ended."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from csirt_network.actions import subscriptions as actions
from csirt_network.forms.subscriptions import SubscriptionForm, initial_of
from csirt_network.matching import facts_of, matches
from csirt_network.models import Alert, Mailbox, Subscription, TeamMember
from csirt_network.rule_words import conditions, pace_words
from csirt_network.team_reader import TeamReader
from review.actions import Refused

DAYS, MOST_LOOKED_AT, MOST_SHOWN = 90, 500, 20


@dataclass(frozen=True)
class Preview:
    """A subscription in words, and what it would have found."""

    conditions: list[str]
    pace: str
    alerts: list[Alert]
    count: int
    days: int = DAYS


@dataclass(frozen=True)
class Row:
    subscription: Subscription
    conditions: list[str]
    pace: str


@require_safe
def subscription_list(request: HttpRequest) -> HttpResponse:
    _permit(request)
    rows = [
        Row(one, conditions(one), pace_words(one.pace))
        for one in Subscription.objects.visible_to(request.user).order_by("pk")
    ]
    boxes = list(Mailbox.objects.visible_to(request.user).standing().select_related("team"))
    context = {
        "mine": [row for row in rows if row.subscription.mailbox_id is None],
        "boxes": [(box, [row for row in rows if row.subscription.mailbox_id == box.pk]) for box in boxes],
        "kept": kept_teams(request.user),
    }
    return render(request, "csirt_network/subscription_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def subscription_new(request: HttpRequest) -> HttpResponse:
    """`step=preview` shows what it would have found; `step=save` makes it."""
    _permit(request)
    boxes = Mailbox.objects.visible_to(request.user).standing().filter(team__in=kept_teams(request.user))
    form = SubscriptionForm(request.POST if request.method == "POST" else None, mailboxes=boxes)
    return _answer(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def subscription_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    typed = request.POST if request.method == "POST" else None
    form = SubscriptionForm(typed, is_new=False, initial={**initial_of(found), "pace": found.pace})
    return _answer(request, form, found)


@require_POST
def subscription_end(request: HttpRequest, pk: int) -> HttpResponse:
    actions.end(subscription=_find(request, pk), by=request.user)
    messages.success(request, _("The subscription is ended."))
    return redirect("subscription-list")


def _answer(request: HttpRequest, form: SubscriptionForm, found: Subscription | None) -> HttpResponse:
    preview, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            mailbox = found.mailbox if found else form.mailbox
            if request.POST.get("step") == "save" and _save(request, form, found):
                return redirect("subscription-list")
            status = 200 if not form.errors else 422
            preview = preview_of(Subscription(**form.columns), _reader(request, mailbox))
    context = {"form": form, "preview": preview, "subscription": found}
    return render(request, "csirt_network/subscription_form.html", context, status=status)


def _save(request: HttpRequest, form: SubscriptionForm, found: Subscription | None) -> bool:
    try:
        if found:
            actions.change(subscription=found, columns=form.columns, by=request.user)
        else:
            actions.subscribe(columns=form.columns, mailbox=form.mailbox, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The subscription is saved."))
    return True


def preview_of(rule: Any, reader: Any) -> Preview:
    """Of the alerts that `reader` may read and that went out of late."""
    since = timezone.now() - timedelta(days=DAYS)
    alerts = Alert.objects.visible_to(reader).out().filter(published_at__gte=since, is_exercise=False)
    looked_at = list(alerts.select_related("from_team__state").order_by("-published_at")[:MOST_LOOKED_AT])
    facts = facts_of(looked_at, reader)
    found = [alert for alert in looked_at if matches(rule, facts[alert.pk])]
    pace = pace_words(rule.pace) if isinstance(rule, Subscription) else ""
    return Preview(conditions(rule), pace, found[:MOST_SHOWN], len(found))


def _reader(request: HttpRequest, mailbox: Mailbox | None) -> Any:
    return TeamReader(mailbox.team_id) if mailbox else request.user


def kept_teams(user: Any) -> list[Any]:
    """The teams that `user` acts for: whose mailboxes, webhooks and feeds are theirs to keep."""
    acting = TeamMember.objects.visible_to(user).current().filter(person=user, kind="representative")
    found = acting.filter(team__in=user.reach.teams).select_related("team").order_by("team__name")
    return list(dict.fromkeys(member.team for member in found))


def _find(request: HttpRequest, pk: int) -> Subscription:
    """The own, or one of a mailbox of a team; those are changed by who acts for the team."""
    found = get_object_or_404(Subscription.objects.visible_to(request.user).select_related("mailbox__team"), pk=pk)
    if found.mailbox and not request.user.has_perm("csirt_network.keep_channels", found.mailbox.team):
        raise PermissionDenied
    _permit(request)
    return found


def _permit(request: HttpRequest) -> None:
    if not request.user.has_perm("csirt_network.subscribe"):
        raise PermissionDenied
