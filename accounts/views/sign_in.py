import hashlib
from typing import Any

from allauth.account import views as allauth
from allauth.account.forms import LoginForm
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.held import Held
from accounts.models import SignInLink
from accounts.second_factor import LINK, note
from common.scope import reach_of

HELD = "held"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Signing in; a form that was typed before goes along, and is shown to be sent when that has worked."""
    response: Any = allauth.login(request)
    held = Held.unseal(request.POST["held"]) if "held" in request.POST else None
    if held and hasattr(response, "context_data"):
        response.context_data |= {"held": held, "sealed": request.POST["held"]}
    elif held:  # the password was right: it waits in the session for what comes before going in
        request.session[HELD] = request.POST["held"]
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """The browser forgets every page it has kept. What is stored stays: whether this computer is shared, and the looks;
    words that wait to be sent are deleted by the page itself."""
    response: HttpResponse = allauth.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache"'
    return response


@never_cache
def session_ended(request: HttpRequest, held: Held) -> HttpResponse:
    """The sign-in page in place of the page that was posted to, with what was typed."""
    context = {
        "form": LoginForm(request=request),
        "held": held,
        "sealed": held.seal(),
        "sign_in_url": reverse("account_login"),
    }
    return render(request, "account/login.html", context, status=401)


def held_for(request: HttpRequest) -> Held | None:
    """What this person typed before, once."""
    sealed = request.session.pop(HELD, "") if request.user.is_authenticated else ""
    held = Held.unseal(sealed) if sealed else None
    return held if held and held.person == request.user.pk else None


@never_cache
def send_again(request: HttpRequest, held: Held) -> HttpResponse:
    """Nothing is sent by itself: another person may have signed in, or an hour has passed."""
    with translation.override(getattr(request.user, "language", None)):
        return render(request, "account/send_again.html", {"held": held})


@never_cache
def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """In place of Django's page for a form without the right token.

    A form of ours comes back to be sent: mostly its person has signed in anew in another tab. What another site has
    posted does not.
    """
    held = Held.of(request) if _is_ours(request) else None
    if held is None:
        return csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return session_ended(request, held)
    response = send_again(request, held)
    response.status_code = 403
    return response


def _is_ours(request: HttpRequest) -> bool:
    """A page of ours has sent it, whole: browsers say so of every form that is posted."""
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == own and not request.headers.get("HX-Request")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time way into the trial. Looking at it changes nothing; the button uses it up."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = SignInLink.objects.usable().filter(digest=digest).select_related("person").first()
    if not settings.TRIAL or found is None:
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/sign_in_link.html", {"person": found.person})
    if not SignInLink.objects.usable().use(found):
        raise Http404
    login(request, found.person, backend="accounts.backends.SignInBackend")
    note(request, found.person, LINK)
    return redirect("landing")


@login_not_required
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Where each person's day begins."""
    if held := held_for(request):
        return send_again(request, held)
    reach = reach_of(request.user)
    if reach.staff:
        return redirect("region")
    if reach.states:
        return redirect("home")
    if reach.teams:
        return redirect("team-list")
    if reach.partners:
        return redirect("partnership")
    return redirect("admin:index" if getattr(request.user, "is_staff", False) else "front")
