"""Calendars that other programs read by an address of their own; made and revoked here."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.second_factor import fresh_to_act
from action_plan.actions import calendar_feeds as actions
from action_plan.calendar import activities_of, as_calendar
from action_plan.forms.calendar_feeds import CalendarFeedForm
from action_plan.looks import ways_to_look
from action_plan.models import CalendarFeed
from common.icalendar import MEDIA_TYPE
from common.scope import reach_of, scope
from csirt_network.views.feeds import conditional, guesses, has_guessed_too_often
from documents.views import layout_of
from review.actions import Refused


@login_not_required
@require_safe
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """In the reach that its person has today. Whoever else is signed in here changes nothing."""
    feed = None if has_guessed_too_often(request) else actions.feed_of(token)
    if feed is None:
        guesses(request, step=1)
        raise Http404
    person = feed.person
    zone = timezone.override(person.time_zone)
    with scope(reach_of(person), read_only=True), translation.override(person.language), zone:
        body = as_calendar(activities_of(feed, person), name=_name(feed))
    request.after_response.append(partial(actions.note_use, feed))  # type: ignore[attr-defined]
    response = conditional(request, body, person.language, MEDIA_TYPE)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_act
def calendar_feeds(request: HttpRequest) -> HttpResponse:
    """Answers the POST itself: the address is shown here once, and kept nowhere."""
    form = CalendarFeedForm(request.POST if request.method == "POST" else None, user=request.user)
    address = _make(request, form) if form.is_valid() else ""
    context = {
        "form": CalendarFeedForm(user=request.user) if address else form,
        "address": address,
        "feeds": list(CalendarFeed.objects.visible_to(request.user).select_related("state")),
        "tabs": ways_to_look("feeds"),
        "layout": layout_of(request),
    }
    status = 422 if form.is_bound and not address else 200
    return render(request, "action_plan/calendar_feeds.html", context, status=status)


@require_POST
def calendar_feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.user), pk=pk)
    actions.revoke(feed=feed, by=request.user)
    messages.success(request, _("“%(name)s” is revoked. Its address shows nothing any more.") % {"name": feed.name})
    return redirect("calendar-feeds")


def _make(request: HttpRequest, form: Any) -> str:
    """The address, or nothing and a sentence in the form."""
    name = form.cleaned_data["name"]
    try:
        _feed, secret = actions.make_feed(name=name, state=form.state, is_own_work=form.is_own_work, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return ""
    return settings.SITE_URL + reverse("own-calendar", args=[secret])


def _name(feed: CalendarFeed) -> str:
    if feed.state is not None:
        return _("OAS Cyber: %(state)s") % {"state": feed.state}
    return _("OAS Cyber: my activities") if feed.is_own_work else _("OAS Cyber: activities")
