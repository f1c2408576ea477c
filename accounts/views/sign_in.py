import hashlib

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import SignInLink
from common.scope import reach_of


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
    login(request, found.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("landing")


@login_not_required
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Where each person's day begins."""
    reach = reach_of(request.user)
    if reach.staff:
        return redirect("region")
    if reach.states:
        return redirect("home")
    return redirect("admin:index" if getattr(request.user, "is_staff", False) else "front")
