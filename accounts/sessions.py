"""How long a session lasts: 30 minutes without use, 12 hours in all, and never longer than what its person may do."""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils import timezone

from accounts import signals
from accounts.models import User
from common.scope import reach_of

BEGAN, USED, STANDING = "began_at", "used_at", "standing"
NOTE_SECONDS = 60  # use is noted to the minute: reading does not write each time


def begin(request: HttpRequest, person: Any) -> None:
    now = time.time()
    as_now = User(pk=person.pk, is_active=person.is_active)  # asked anew, and nothing remembered with `person`
    request.session.update({BEGAN: now, USED: now, STANDING: standing_of(as_now)})
    if not request.session.session_key:
        request.session.save()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": person,
            "ip": get_adapter().get_client_ip(request),
            "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200],
        },
    )


def standing_of(person: Any) -> str:
    """What the person is in the programme and for which states; when it changes, the session ends."""
    reach = reach_of(person)
    return f"{','.join(sorted(person.staff_roles))}|{','.join(map(str, reach.states))}"


def is_over(request: HttpRequest) -> bool:
    session, now = request.session, time.time()
    return (
        now - session.get(USED, 0) > settings.SESSION_IDLE_SECONDS
        or now - session.get(BEGAN, 0) > settings.SESSION_COOKIE_AGE
        or session.get(STANDING) != standing_of(request.user)
    )


def end(request: HttpRequest) -> None:
    """This session; its cookie is worth nothing from now on."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)


def note_use(request: HttpRequest) -> None:
    if time.time() - request.session[USED] < NOTE_SECONDS:
        return
    request.session[USED] = time.time()
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def own_sessions(person: Any) -> list[UserSession]:
    """Those that still live; the newest use first."""
    begun = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    used = timezone.now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS + NOTE_SECONDS)
    mine = UserSession.objects.filter(user=person, created_at__gt=begun, last_seen_at__gt=used)
    return [session for session in mine.order_by("-last_seen_at") if session.exists()]


def end_one(person: Any, pk: int, *, but: str | None) -> None:
    for session in UserSession.objects.filter(user=person, pk=pk).exclude(session_key=but or ""):
        session.end()


def end_sessions_of(people: Iterable[Any], *, but: str | None = None) -> int:
    """Everywhere; in an emergency of everybody, who then sign in anew. Access tokens stay, and the session `but`."""
    total = 0
    for person in people:
        if ended := end_sessions(person, but=but):
            signals.signed_out_by_another.send(sender=User, person=person)
            total += ended
    return total


def end_sessions(person: Any, *, but: str | None = None) -> int:
    """All of the person's sessions, or all but the one with that key."""
    others = list(UserSession.objects.filter(user=person).exclude(session_key=but or ""))
    for session in others:
        session.end()
    return len(others)
