"""A draft on its way out: seen as it will go, countersigned, published, handed over, given back; and closed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.translated import suffix
from csirt_network import rsit
from csirt_network.actions.publishing import (
    ask_for_second,
    close,
    countersign,
    give_back,
    hand_over,
    has_second,
    publish,
)
from csirt_network.actions.writing import Changed, audience_of
from csirt_network.forms.alerts import ClosingForm, ReasonForm
from csirt_network.makers import hides_source
from csirt_network.models import Alert, AlertFile, Countersign, Indicator
from csirt_network.obstacles import obstacles, quoted_by
from csirt_network.spread import spread_of
from csirt_network.usual import wider_than_usual
from csirt_network.views.drafts import kept, permit
from documents.views import layout_of
from review.actions import Refused

CHANGED = gettext_noop("Somebody saved the draft after you looked at it. Look at it again.")


@require_safe
def alert_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What its readers will see, whom it reaches, and what is in its way."""
    return _preview(request, kept(request, pk))


def _preview(request: HttpRequest, alert: Alert, *, back: ReasonForm | None = None, status: int = 200) -> HttpResponse:
    user, audience = request.user, audience_of(alert)
    chosen = list(audience.recipients.select_related("group", "team", "person"))
    spread = spread_of(alert, chosen, user)
    is_draft = not alert.is_out
    wide = wider_than_usual(origin=audience.origin, tlp=alert.tlp, readers=spread.readers) if is_draft else []
    countersigns = Countersign.objects.visible_to(user).filter(alert=alert, edited=alert.edited, lowering=None)
    context = {
        "alert": alert,
        "origin": audience.origin,
        "hides_source": hides_source(alert, user),
        "spread": spread,
        "texts": [text for text in _texts(alert) if text["happening"] or text["title"]],
        "incident_types": [_incident(code) for code in alert.rsit],
        "indicators": list(Indicator.objects.visible_to(user).standing().filter(alert=alert)),
        "files": list(AlertFile.objects.visible_to(user).standing().filter(alert=alert)),
        "quotes": list(quoted_by(alert, user)),
        "obstacles": obstacles(alert, chosen) if is_draft else [],
        "wide": wide,
        "countersigns": list(countersigns.select_related("by")),
        "needs_second": bool(wide) and not has_second(alert),
        "give_back_form": back or ReasonForm(),
        "may": {verb: user.has_perm(f"csirt_network.{verb}_alert", alert) for verb in VERBS},
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/alert_preview.html", context, status=status)


def _texts(alert: Alert) -> list[dict[str, str]]:
    return [
        {"code": code, "name": str(name)}
        | {part: getattr(alert, f"{part}_{suffix(code)}") for part in ("title", "happening", "to_do")}
        for code, name in settings.LANGUAGES
    ]


VERBS = ("edit", "publish", "countersign", "hand_over", "give_back", "revise", "close", "label")


def _incident(code: str) -> str:
    known: Any = rsit.TYPES.get(code) or rsit.CLASSES.get(code)
    return str(known.name) if known else code


@require_POST
def alert_countersign(request: HttpRequest, pk: int) -> HttpResponse:
    alert = kept(request, pk)
    permit(request, "countersign_alert", alert)
    if request.POST.get("edited") != str(alert.edited):
        return _refuse(request, alert, _(CHANGED))
    try:
        countersign(alert=alert, by=request.user)
        messages.success(request, _("You have countersigned it as it stands."))
    except Refused as refusal:
        return _refuse(request, alert, str(refusal))
    return redirect("alert-preview", alert.pk)


@require_POST
def alert_ask_second(request: HttpRequest, pk: int) -> HttpResponse:
    alert = kept(request, pk)
    permit(request, "edit_alert", alert)
    try:
        told = ask_for_second(alert=alert, by=request.user)
    except Refused as refusal:
        return _refuse(request, alert, str(refusal))
    if told:
        text = ngettext("%(count)d person is asked by mail.", "%(count)d people are asked by mail.", told)
        messages.success(request, text % {"count": told})
    else:
        messages.error(request, _("Nobody else of your team is in the portal. Invite a colleague, or hand it over."))
    return redirect("alert-preview", alert.pk)


@require_POST
def alert_publish(request: HttpRequest, pk: int) -> HttpResponse:
    alert = kept(request, pk)
    permit(request, "publish_alert", alert)
    typed = request.POST.get("edited", "")
    try:
        out = publish(alert=alert, edited=int(typed) if typed.isdecimal() and len(typed) < 9 else -1, by=request.user)
    except Changed:
        return _refuse(request, alert, _(CHANGED))
    except Refused as refusal:
        return _refuse(request, alert, str(refusal))
    messages.success(request, _("Alert %(code)s is out.") % {"code": out.code})
    return redirect(out)


def _refuse(request: HttpRequest, alert: Alert, why: str) -> HttpResponse:
    """On the page as it is now: what is in the way stands there too."""
    messages.error(request, why)
    return _preview(request, kept(request, alert.pk), status=409)


@require_POST
def alert_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    alert = kept(request, pk)
    permit(request, "hand_over_alert", alert)
    try:
        hand_over(alert=alert, by=request.user)
        messages.success(request, _("It is with the programme. Readers will not be told that it comes from you."))
    except Refused as refusal:
        return _refuse(request, alert, str(refusal))
    return redirect("alert-preview", alert.pk)


@require_POST
def alert_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    alert = kept(request, pk)
    permit(request, "give_back_alert", alert)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _preview(request, alert, back=form, status=422)
    try:
        give_back(alert=alert, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The draft is its team’s again, with your reason."))
    except Refused as refusal:
        return _refuse(request, alert, str(refusal))
    return redirect("alert-drafts")


@require_http_methods(["GET", "HEAD", "POST"])
def alert_close(request: HttpRequest, pk: int) -> HttpResponse:
    alert = kept(request, pk)
    permit(request, "close_alert", alert)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            close(alert=alert, closing=form.cleaned_data["closing"], by=request.user)
            messages.success(request, _("Alert %(code)s is closed.") % {"code": alert.code})
            return redirect(alert)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"alert": alert, "form": form, "layout": layout_of(request)}
    return render(request, "csirt_network/alert_close.html", context, status=422 if form.errors else 200)
