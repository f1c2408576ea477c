from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views.second_factor import fresh_to_act
from capability.actions.withdrawing import accepted_later, refusal_for, withdraw_acceptance
from capability.forms.discussion import WithdrawForm
from capability.models import Answer, Update
from capability.views.finding import find_update
from review.actions import Refused
from review.states import WITHDRAW_ACCEPTANCE


@require_http_methods(["GET", "POST"])
@fresh_to_act
def acceptance_withdraw(request: HttpRequest, state: str, round: str) -> HttpResponse:
    """Says what will happen, and does it with a reason."""
    update = find_update(request.user, state, round)
    if not request.user.has_perm("capability.withdraw_acceptance", update):
        raise PermissionDenied
    form, refused = WithdrawForm(request.POST or None), _refusal(update)
    if form.is_valid() and not refused:
        try:
            withdraw_acceptance(update=update, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            refused = str(refusal)
        else:
            said = _("The acceptance is withdrawn. The liaisons of %(state)s get a mail now.")
            messages.success(request, said % {"state": update.state})
            return redirect("update-review", update.state.slug, update.round.slug if update.round else "")
    is_wrong = request.method == "POST"
    status = 409 if is_wrong and refused else 422 if is_wrong else 200
    return render(request, "capability/withdraw.html", _page(request.user, update, form, refused), status=status)


def _refusal(update: Update) -> str:
    if update.status not in WITHDRAW_ACCEPTANCE.start:
        return str(WITHDRAW_ACCEPTANCE.refusal)
    later = accepted_later(update)
    return refusal_for(later) if later else ""


def _page(user: Any, update: Update, form: WithdrawForm, refused: str) -> dict[str, Any]:
    earlier = Update.objects.visible_to(user).accepted().in_rounds().filter(state=update.state_id)
    return {
        "update": update,
        "form": form,
        "refused": refused,
        "answers": Answer.objects.visible_to(user).filter(update=update, is_accepted=True).count(),
        "earlier": earlier.exclude(pk=update.pk).select_related("round").order_by("-accepted_at").first(),
    }
