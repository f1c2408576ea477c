"""Reminding states by hand: first who gets what, then it is sent."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from capability.models import Round, Update
from capability.reminders import UPDATE_DUE, remind_by_hand, reminded_today
from common.translated import by_name
from member_states.models import Liaison
from notices.sending import example

NOT_STARTED, NOT_SENT = "not-started", "not-sent"


@require_http_methods(["GET", "POST"])
def round_remind(request: HttpRequest, round: str) -> HttpResponse:
    found = get_object_or_404(Round.objects.visible_to(request.user), slug=round)
    if not request.user.has_perm("capability.remind_states", found):
        raise PermissionDenied
    to = (request.POST or request.GET).get("to", NOT_STARTED)
    updates = _updates(request.user, found, to)
    done = reminded_today(updates)
    waiting = [update for update in updates if update.pk not in done]
    if request.method != "POST":
        return render(request, "capability/round_remind.html", _preview(request, found, to, waiting, len(done)))
    remind_by_hand(waiting)
    words = ngettext(
        "The liaisons of %(n)s state are reminded.", "The liaisons of %(n)s states are reminded.", len(waiting)
    )
    messages.success(request, words % {"n": len(waiting)})
    return redirect(found)


def _updates(user: Any, found: Round, to: str) -> list[Update]:
    """Those that can be filled in and were never sent; by default only those nobody has begun."""
    updates = Update.objects.visible_to(user).filter(round=found).missing().to_fill()
    updates = updates if to == NOT_SENT else updates.filter(answered=0)
    return list(updates.select_related("state", "round").order_by(by_name("state__name"), "pk"))


def _preview(request: HttpRequest, found: Round, to: str, waiting: list[Update], done: int) -> dict[str, Any]:
    reader: Any = request.user
    people = Liaison.objects.visible_to(reader).current().filter(state__in=[update.state_id for update in waiting])
    known = dict(people.values_list("state").annotate(Count("person", distinct=True)))
    person = User(name=reader.name, email=reader.email, language=reader.language, time_zone=reader.time_zone)
    return {
        "round": found,
        "to": to,
        "not_sent": NOT_SENT,
        "waiting": waiting,
        "done": done,
        "people": people.values("person").distinct().count(),
        "without": [update.state for update in waiting if update.state_id not in known],
        "mail": example(UPDATE_DUE, waiting[0], person) if waiting else None,
    }
