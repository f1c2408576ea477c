"""Atom feeds: the public one, and those that a token opens; the tokens are made and revoked here."""

import hashlib
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from redis.exceptions import RedisError

from accounts.counting import network_of
from accounts.views.second_factor import fresh_to_act
from common.limits import count
from common.scope import NOTHING, scope
from csirt_network.actions import feeds as actions
from csirt_network.feeds import atom, entries_for
from csirt_network.forms.channels import FeedForm
from csirt_network.models import FeedToken
from csirt_network.views.subscriptions import kept_teams
from review.actions import Refused

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
PUBLIC_SECONDS = 300
MOST_GUESSES, GUESS_SECONDS = 30, 600


@login_not_required
@require_safe
def public_feed(request: HttpRequest) -> HttpResponse:
    """What everybody may read, for whoever asks. `?in=es`: each language has an address of its own, for caches."""
    wished = request.GET.get("in", "")
    language = wished if wished in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    anybody, address = AnonymousUser(), settings.SITE_URL + reverse("alert-feed")
    with scope(NOTHING, read_only=True), translation.override(language):
        title = _("Alerts under TLP:CLEAR")
        body = atom(entries_for(anybody), feed=address, title=title, address=f"{address}?in={language}")
    response = conditional(request, body, language, MEDIA_TYPE)
    response["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
    return response


@login_not_required
@require_safe
def own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """In the reach that the person, or the team, has today. Whoever else is signed in here changes nothing."""
    found = None if has_guessed_too_often(request) else actions.token_of(token)
    reader = actions.reader_of(found) if found else None
    if found is None or reader is None:
        guesses(request, step=1)
        raise Http404
    language = found.person.language
    with scope(reader.reach, read_only=True), translation.override(language):
        title = _("Alerts for %(team)s") % {"team": found.team} if found.team else _("Alerts that you may read")
        body = atom(entries_for(reader), feed=f"{settings.SITE_URL}/feeds/{found.pk}", title=title)
    request.after_response.append(partial(actions.note_use, found))  # type: ignore[attr-defined]
    response = conditional(request, body, language, MEDIA_TYPE)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_act
def feed_list(request: HttpRequest) -> HttpResponse:
    """Answers the POST itself: the address is shown here once, and kept nowhere."""
    if not request.user.has_perm("csirt_network.subscribe"):
        raise PermissionDenied
    teams = kept_teams(request.user)
    form = FeedForm(request.POST if request.method == "POST" else None, teams=teams)
    address, status = "", 200
    if request.method == "POST":
        address = _make(request, form) if form.is_valid() else ""
        status = 200 if address else 422
    context = {
        "form": FeedForm(teams=teams) if address else form,
        "address": address,
        "tokens": list(FeedToken.objects.visible_to(request.user).select_related("team", "person")),
        "public": settings.SITE_URL + reverse("alert-feed"),
    }
    response = render(request, "csirt_network/feed_list.html", context, status=status)
    return response


@require_POST
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The own, and of a team those of everybody, by whoever acts for it."""
    token = get_object_or_404(FeedToken.objects.visible_to(request.user).select_related("team"), pk=pk)
    if token.person_id != request.user.pk and not request.user.has_perm("csirt_network.keep_channels", token.team):
        raise PermissionDenied
    actions.revoke(token=token, by=request.user)
    messages.success(request, _("“%(name)s” is revoked. Its address shows nothing any more.") % {"name": token.name})
    return redirect("feed-list")


def _make(request: HttpRequest, form: FeedForm) -> str:
    """The address, or nothing and a sentence in the form."""
    try:
        secret = actions.make_feed(name=form.cleaned_data["name"], team=form.team, by=request.user)[1]
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return ""
    return settings.SITE_URL + reverse("own-feed", args=[secret])


def conditional(request: HttpRequest, body: bytes, language: str, media_type: str) -> HttpResponse:
    """304 for whoever has it already (RFC 9110, section 13.1.2)."""
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    response: Any = HttpResponse(body, content_type=media_type, headers={"ETag": etag, "Content-Language": language})
    return get_conditional_response(request, etag=etag, response=response) or response


def has_guessed_too_often(request: HttpRequest) -> bool:
    return guesses(request, step=0) >= MOST_GUESSES


def guesses(request: HttpRequest, *, step: int) -> int:
    """A token has 256 random bits: while the cache is away there is nothing to be guessed in the meantime."""
    try:
        return count(GUESS_SECONDS, of="feed-guess", by=network_of(request), step=step)
    except (RedisError, OSError):
        return 0
