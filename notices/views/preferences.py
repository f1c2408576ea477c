"""Which mails a person wants: chosen in the profile, or stopped from a mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from common.scope import reach_of
from notices.addresses import standing_of, works_again
from notices.forms import MailPreferencesForm
from notices.preferences import choose, matters_of, stop
from notices.stopping import read_token


@require_http_methods(["GET", "HEAD", "POST"])
def mail_preferences(request: HttpRequest) -> HttpResponse:
    form = MailPreferencesForm(request.POST if request.method == "POST" else None, person=request.user)
    if request.method == "POST" and form.is_valid():
        choose(person=request.user, paces=form.cleaned_data)
        messages.success(request, _("Your choice of mails is saved."))
        return redirect("mail-preferences")
    context = {
        "form": form,
        "has_choice": bool(matters_of(request.user)),
        "reach": reach_of(request.user),
        "dead": standing_of(request.user),
    }
    return render(request, "notices/mail_preferences.html", context, status=422 if form.errors else 200)


@require_POST
def own_address_works(request: HttpRequest) -> HttpResponse:
    """Its owner says so: mail goes there again. What was not sent meanwhile stays unsent."""
    if works_again(person=request.user, by=request.user):
        messages.success(request, _("Mail goes to your address again. What waits for you stands on My turn."))
    else:
        messages.info(request, _("Mail goes to your address."))
    return redirect("mail-preferences")


@csrf_exempt  # mail programs send it in the reader's name (RFC 8058); the address itself is what allows it
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at it changes nothing: programs that check the links of a mail come by too."""
    found = read_token(token)
    if found is None:
        return render(request, "notices/mail_stop_unknown.html", status=404)
    person, matters = found
    if request.method == "POST":
        stop(person=person, matters=matters)
    context = {"matters": matters, "is_done": request.method == "POST"}
    return render(request, "notices/mail_stop.html", context)
