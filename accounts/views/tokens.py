"""The own access tokens: made, looked over, revoked."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import TooMany, make_token, revoke_token
from accounts.forms import TokenForm
from accounts.models import ApiToken
from accounts.views.second_factor import fresh_to_act
from common.scope import reach_of


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_act
def token_list(request: HttpRequest) -> HttpResponse:
    """The one page that answers a POST itself: its secret is shown here and kept nowhere, not even in a session."""
    form = TokenForm(request.POST if request.method == "POST" else None, may_submit=_may_submit(request))
    secret, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            secret = _make(form, request.user)
        if secret:
            form, status = TokenForm(may_submit=_may_submit(request)), 200
    context = {"form": form, "secret": secret, "tokens": list(_own(request.user)), "most": ApiToken.MOST}
    return render(request, "accounts/token_list.html", context, status=status)


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(_own(request.user), pk=pk)
    revoke_token(token=token, by=request.user)
    messages.success(request, _("“%(name)s” is revoked. No program can use it any more.") % {"name": token.name})
    return redirect("token-list")


def _make(form: TokenForm, by: Any) -> str:
    """The secret, or nothing and a sentence in the form."""
    given = form.cleaned_data
    try:
        return make_token(name=given["name"], scopes=given["scopes"], days=given["days"], by=by)[1]
    except TooMany as refusal:
        form.add_error(None, str(refusal))
        return ""


def _own(user: Any) -> QuerySet[ApiToken]:
    return ApiToken.objects.visible_to(user).filter(person=user)


def _may_submit(request: HttpRequest) -> bool:
    """Who speaks for a state, or works in a team of the network."""
    reach = reach_of(request.user)
    return bool(reach.states or reach.teams)
