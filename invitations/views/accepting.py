"""What is behind the link of an invitation. Looking changes nothing: programs that check mails open every link."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import sessions
from accounts.second_factor import note_password
from common.scope import current_reach, scope
from invitations.actions.accepting import PAGE, Call, accept, call_of
from invitations.forms import PasswordForm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who has no account sets a password; who has one signs in and accepts. Anybody else gets no further."""
    call = call_of(token)
    if call is None:
        return _dead(request)
    with translation.override(_language(request, call)):
        way = _way(request, call)
        if way == "new":
            return _new(request, call, token)
        if request.method == "POST" and way == "own":
            return _join(request, token)
        context = {"invitation": call.invitation, "way": way}
        status = 409 if request.method == "POST" else 200
        return _private(render(request, "invitations/invitation.html", context, status=status))


def _way(request: HttpRequest, call: Call) -> str:
    """new, own (signed in to the account that is invited), known (not signed in to it), other (to another one)."""
    if request.user.is_authenticated:
        return "own" if call.person and call.person.pk == request.user.pk else "other"
    return "known" if call.person else "new"


def _new(request: HttpRequest, call: Call, token: str) -> HttpResponse:
    form = PasswordForm(request.POST if request.method == "POST" else None, invitation=call.invitation)
    if not form.is_valid():
        context = {"invitation": call.invitation, "way": "new", "form": form}
        status = 422 if form.is_bound else 200
        return _private(render(request, "invitations/invitation.html", context, status=status))
    person = accept(secret=token, by=None, password=form.cleaned_data["password1"])
    if person is None:
        return _dead(request)
    with scope(current_reach(), page=PAGE):  # the path holds the secret, and is no word for the trail
        login(request, person, backend="accounts.backends.SignInBackend")
    note_password(request, person)
    return redirect("mfa_index")


def _join(request: HttpRequest, token: str) -> HttpResponse:
    if accept(secret=token, by=request.user) is None:
        return _dead(request)
    sessions.begin(request, request.user)  # what this session may do has changed by the person's own act
    messages.success(request, _("You have accepted the invitation."))
    return redirect("landing")


def _dead(request: HttpRequest) -> HttpResponse:
    """Unknown, used, taken back, too old, or from somebody who may invite no more: all alike."""
    return _private(render(request, "invitations/dead.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _language(request: HttpRequest, call: Call) -> str:
    """The reader's own; before there is one, that of the mail."""
    chosen = request.user.is_authenticated or settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    return translation.get_language() or "en" if chosen else call.invitation.language
