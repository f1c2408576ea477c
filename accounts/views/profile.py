from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import LanguageForm, ProfileForm
from accounts.models import User


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The reader's language: kept in the profile, and in a cookie before sign-in. Goes back to where it was asked."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return redirect(_way_back(request))
    chosen = form.cleaned_data["language"]
    response = redirect(_in_language(_way_back(request), chosen))
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, samesite="Lax", secure=request.is_secure()
    )
    return response


def _in_language(path: str, language: str) -> str:
    """The front page has an address for each language; every other page has one for all."""
    return f"/{language}/" if path.strip("/") in dict(settings.LANGUAGES) else path


def _way_back(request: HttpRequest) -> str:
    target = request.POST.get("next", "/")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours and target.startswith("/") else "/"


@require_POST
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Switches the single keys of the review page on or off, from the page itself."""
    person = cast(User, request.user)
    person.shortcuts = request.POST.get("shortcuts") == "on"
    person.save(update_fields=["shortcuts"])
    return redirect(_way_back(request))


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)  # nobody else gets past the middleware
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        with translation.override(person.language):
            messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    person.refresh_from_db(fields=["name"])
    memberships = person.liaisons.current().select_related("state")
    roles = person.roles.current()
    known = {
        "form": form,
        "memberships": memberships,
        "roles": roles,
        "sees_accounts": person.has_perm("accounts.see_accounts"),
    }
    return render(request, "accounts/profile.html", known)
