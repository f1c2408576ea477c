"""Machine tokens of a team: looked over and revoked by its representatives, made with a fresh second factor."""

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.second_factor import fresh_to_act
from csirt_network.rules.people import represented_by
from exchange.actions import tokens as actions
from exchange.forms.tokens import MachineTokenForm
from exchange.models import MachineToken
from review.actions import Refused

MOST_SHOWN = 100


@dataclass(frozen=True)
class Made:
    """A token on the one page that shows its secret."""

    token: MachineToken
    secret: str

    @property
    def bearer(self) -> str:
        return f"{self.token.key}.{self.secret}"


@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    _permit(request)
    found = MachineToken.objects.visible_to(request.user).filter(team__in=represented_by(request.user))
    tokens = list(found.with_standing().select_related("team", "made_by")[:MOST_SHOWN])
    return render(request, "exchange/token_list.html", {"tokens": tokens})


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_act
def token_new(request: HttpRequest) -> HttpResponse:
    """Answers the POST itself: the secret is shown here once, and is in no session and no message."""
    _permit(request)
    form = MachineTokenForm(request.POST if request.method == "POST" else None, teams=represented_by(request.user))
    made, status = None, 200
    if request.method == "POST":
        made = _make(form, request.user) if form.is_valid() else None
        status = 200 if made else 422
    context = {"form": form, "made": made, "address": get_adapter().get_client_ip(request)}
    return render(request, "exchange/token_form.html", context, status=status)


def _make(form: MachineTokenForm, by: Any) -> Made | None:
    """Nothing, and a sentence in the form, where it is refused."""
    given = {name: form.cleaned_data[name] for name in ("name", "scopes", "days", "networks")}
    try:
        return Made(*actions.make_token(team=form.chosen_team, by=by, **given))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(MachineToken.objects.visible_to(request.user).select_related("team"), pk=pk)
    if not request.user.has_perm("exchange.keep_tokens", token.team):
        raise PermissionDenied
    actions.revoke(token=token, by=request.user)
    messages.success(request, _("“%(name)s” is revoked. No program can use it any more.") % {"name": token.name})
    return redirect("machine-token-list")


def _permit(request: HttpRequest) -> None:
    if not request.user.has_perm("exchange.see_tokens"):
        raise PermissionDenied
