"""The label of what is out: raised at once, lowered with a reason, and to GREEN or CLEAR with a second person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from csirt_network.actions.labels import OPEN, agree_to_lower, lower_label, raise_label, waiting
from csirt_network.forms.alerts import LabelForm
from csirt_network.models import Alert
from csirt_network.views.drafts import kept, permit
from documents.views import layout_of
from review.actions import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def alert_label(request: HttpRequest, pk: int) -> HttpResponse:
    alert = kept(request, pk)
    permit(request, "label_alert", alert)
    form = LabelForm(request.POST if request.method == "POST" else None, alert=alert)
    if form.is_valid():
        try:
            messages.success(request, _relabel(request, alert, form))
            return redirect("alert-preview", alert.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, alert, form)


def _page(request: HttpRequest, alert: Alert, form: LabelForm, status: int = 200) -> HttpResponse:
    asked = waiting(alert, request.user)
    context = {
        "alert": alert,
        "form": form,
        "waiting": asked,
        "may_agree": asked is not None and request.user.has_perm("csirt_network.agree_to_lower", asked),
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/alert_label.html", context, status=422 if form.errors else status)


def _relabel(request: HttpRequest, alert: Alert, form: LabelForm) -> str:
    tlp = form.cleaned_data["tlp"]
    if not form.is_lower:
        raise_label(alert=alert, tlp=tlp, by=request.user)
        return _("The label is raised, and those who read the alert are told.")
    lower_label(alert=alert, tlp=tlp, reason=form.cleaned_data["reason"], by=request.user)
    if tlp in OPEN:
        return _("Your reason is kept. The label falls when a second person agrees.")
    return _("The label is lowered, and those who read the alert are told.")


@require_POST
def alert_label_agree(request: HttpRequest, pk: int) -> HttpResponse:
    alert = kept(request, pk)
    asked = waiting(alert, request.user)
    permit(request, "agree_to_lower", asked)
    try:
        agree_to_lower(lowering=asked, by=request.user)
        messages.success(request, _("The label is lowered, and those who read the alert are told."))
        return redirect("alert-preview", alert.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, alert, LabelForm(alert=alert), status=409)
