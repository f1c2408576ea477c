"""The own second factor: apps and passkeys, added and removed; recovery codes; proving it when signing in and again."""

from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as base
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import RecoveryCode
from accounts.recovery import make_codes
from accounts.second_factor import APP, PASSKEY, factors_of, may_go_without, needs_passkey

fresh = reauthentication_required(app="allauth.mfa")
fresh_to_act = reauthentication_required(app="allauth.mfa", allow_get=True)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What the person has; where whoever has none is led first, and reaches nothing else from."""
    factors = factors_of(request.user)
    kinds = {factor.type for factor in factors}
    context = {
        "factors": factors,
        "has_app": APP in kinds,
        "has_passkey": PASSKEY in kinds,
        "needs_passkey": needs_passkey(request.user),
        "is_closed": request.lacks_second_factor,  # type: ignore[attr-defined]
        "codes_left": _codes_left(request.user),
    }
    return render(request, "accounts/second_factor.html", context)


@never_cache
@form_page
@fresh
def codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes. The page answers the POST itself: they are shown here once and kept nowhere."""
    if not factors_of(request.user):
        return redirect("mfa_index")
    made = make_codes(person=request.user) if request.method == "POST" else []
    left = _codes_left(request.user)
    return render(request, "accounts/recovery_codes.html", {"codes": made, "left": left})


@never_cache
@form_page
@fresh
def remove(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A passkey by its number, the app without one."""
    factor = next((f for f in factors_of(request.user) if (f.pk == pk if pk else f.type == APP)), None)
    if factor is None:
        raise Http404
    is_last = not may_go_without(factor)
    if request.method != "POST" or is_last:
        context = {"factor": factor, "is_last": is_last}
        return render(request, "accounts/factor_remove.html", context, status=409 if is_last and request.POST else 200)
    factor.delete()
    messages.success(request, _("It is removed, and no longer lets you in."))
    return redirect("mfa_index")


def _codes_left(person: Any) -> int:
    return RecoveryCode.objects.visible_to(person).filter(person=person).usable().count()


# allauth's pages, with the methods the access matrix reads


@csp_update({"img-src": "data:"})  # the square is drawn into the page, so that the secret is in no address
@form_page
def add_app(request: HttpRequest) -> HttpResponse:
    return totp.activate_totp(request)


@form_page
def add_passkey(request: HttpRequest) -> HttpResponse:
    return webauthn.add_webauthn(request)


@login_not_required
@form_page
def authenticate(request: HttpRequest) -> HttpResponse:
    """The second step of signing in."""
    return base.authenticate(request)


@never_cache
@form_page
def confirm_by_code(request: HttpRequest) -> HttpResponse:
    return base.reauthenticate(request)


@never_cache
@form_page
def confirm_by_passkey(request: HttpRequest) -> HttpResponse:
    response: Any = webauthn.reauthenticate_webauthn(request)
    if response.get("Location") == reverse("account_login"):  # where allauth sends whoever fails
        messages.error(request, _("This does not fit. Try again."))
        return redirect(request.get_full_path())
    return response


@never_cache
@form_page
def confirm_by_password(request: HttpRequest) -> HttpResponse:
    """Only for whoever has no second factor yet."""
    return account.reauthenticate(request)
