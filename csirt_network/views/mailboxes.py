"""Functional mailboxes: kept by representatives; confirmed and stopped from a mail, by whoever reads it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from csirt_network.actions import mailboxes as actions
from csirt_network.forms.channels import MailboxForm
from csirt_network.models import Mailbox
from csirt_network.views.subscriptions import kept_teams
from review.actions import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def mailbox_new(request: HttpRequest) -> HttpResponse:
    teams = kept_teams(request.user)
    if not teams:
        raise PermissionDenied
    typed = request.POST if request.method == "POST" else None
    form = MailboxForm(typed, teams=teams, initial={"language": translation.get_language()})
    if request.method == "POST" and form.is_valid() and _added(request, form):
        return redirect("subscription-list")
    return render(request, "csirt_network/mailbox_form.html", {"form": form}, status=422 if form.errors else 200)


def _added(request: HttpRequest, form: MailboxForm) -> bool:
    given = form.cleaned_data
    try:
        actions.add_mailbox(
            team=form.chosen_team, address=given["address"], language=given["language"], by=request.user
        )
    except Refused as refusal:
        form.add_error("address", str(refusal))
        return False
    words = _("A link was sent to %(address)s. Nothing else is sent there before somebody uses it.")
    messages.success(request, words % {"address": given["address"]})
    return True


@require_POST
def mailbox_again(request: HttpRequest, pk: int) -> HttpResponse:
    mailbox = _find(request, pk)
    try:
        actions.send_again(mailbox=mailbox, by=request.user)
        messages.success(request, _("Another link was sent."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("subscription-list")


@require_POST
def mailbox_end(request: HttpRequest, pk: int) -> HttpResponse:
    actions.stop(mailbox=_find(request, pk))
    messages.success(request, _("Nothing more is sent to this mailbox."))
    return redirect("subscription-list")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, for programs that check mails open every link; the button confirms."""
    mailbox = actions.to_confirm(token)
    if mailbox is None:
        return _private(render(request, "csirt_network/mailbox_unknown.html", status=404))
    with translation.override(mailbox.language):
        if request.method == "POST":
            actions.confirm(mailbox=mailbox)
        is_done = request.method == "POST" or mailbox.confirmed_at is not None
        context = {"mailbox": mailbox, "is_done": is_done}
        return _private(render(request, "csirt_network/mailbox_confirm.html", context))


@csrf_exempt  # mail programs send it in the reader's name (RFC 8058); the address itself is what allows it
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox_stop(request: HttpRequest, token: str) -> HttpResponse:
    mailbox = actions.to_stop(token)
    if mailbox is None:
        return _private(render(request, "csirt_network/mailbox_unknown.html", status=404))
    with translation.override(mailbox.language):
        if request.method == "POST":
            actions.stop(mailbox=mailbox)
        is_done = request.method == "POST" or mailbox.stopped_at is not None
        return _private(render(request, "csirt_network/mailbox_stop.html", {"mailbox": mailbox, "is_done": is_done}))


def _find(request: HttpRequest, pk: int) -> Mailbox:
    found = get_object_or_404(Mailbox.objects.visible_to(request.user).standing().select_related("team"), pk=pk)
    if not request.user.has_perm("csirt_network.keep_channels", found.team):
        raise PermissionDenied
    return found


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
