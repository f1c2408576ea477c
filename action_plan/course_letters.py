"""Mails to people whom states nominated, who have no account: each with a link that opens for that person alone."""

import secrets
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Func, Max, Value
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from accounts.actions import digest_of
from common.days import today
from common.scope import PROGRAMME, scope
from notices.bell import ring_soon
from notices.work import finish

if TYPE_CHECKING:
    from action_plan.models import CourseLetter, Nomination

OVER = gettext_noop("Not sent: it is not so any more.")
OPENS_FOR = timedelta(days=90)  # after the course, or after the letter, whichever is later
STATUSES = ("selected", "waiting", "not selected")


def write_letter(nomination: "Nomination", about: str, *, ends_on: date | None, turn: int = 0) -> None:
    """Once for each (nomination, about, turn), whoever asks again."""
    letters: Any = apps.get_model("action_plan", "CourseLetter").objects
    until = max(ends_on or today(), today()) + OPENS_FOR
    letter, is_new = letters.get_or_create(nomination=nomination, about=about, turn=turn, defaults={"until": until})
    if is_new:
        ring_soon(letter)


def write_again(nomination: "Nomination", about: str, *, ends_on: date | None) -> None:
    """Another letter, whether one about it was written before or not."""
    written: Any = apps.get_model("action_plan", "CourseLetter").objects.filter(nomination=nomination, about=about)
    last = written.aggregate(last=Max("turn"))["last"]
    write_letter(nomination, about, ends_on=ends_on, turn=0 if last is None else last + 1)


def close_letters(nomination: "Nomination") -> None:
    """What waits is not sent, and no link of theirs opens any more."""
    letters: Any = apps.get_model("action_plan", "CourseLetter").objects
    letters.filter(nomination=nomination, closed_at=None).update(closed_at=timezone.now())


def send(letter: "CourseLetter") -> None:
    """Each attempt makes a link of its own: those of attempts before, which may have arrived, serve as well."""
    attempt = letter.attempts
    secret = _new_secret(letter)
    message = write(letter, secret)
    if message is None:
        return finish(letter, attempt, reason=OVER)
    message.send()
    finish(letter, attempt, sent_at=timezone.now())


def write(letter: "CourseLetter", secret: str) -> EmailMultiAlternatives | None:
    """In the participant's language; None when it is not so any more."""
    with scope(PROGRAMME, read_only=True, page="mail"):
        nominations: Any = apps.get_model("action_plan", "Nomination").objects
        nomination = nominations.select_related("course__activity", "state", "nominated_by").get(
            pk=letter.nomination_id
        )
        if not _still_so(letter, nomination):
            return None
        with translation.override(nomination.language):
            page = "course-evaluation" if letter.about == "evaluation" else "course-participant"
            link = settings.SITE_URL + reverse(page, args=[secret])
            return _message(letter, {"object": nomination, "letter": letter, "link": link})


def _still_so(letter: "CourseLetter", nomination: "Nomination") -> bool:
    if letter.closed_at or letter.until < today():
        return False
    if letter.about in STATUSES:
        return nomination.status == letter.about
    if letter.about == "certificate":
        return bool(nomination.certificates.valid().exists())
    return nomination.status == "selected" and not letter.is_used


def _new_secret(letter: "CourseLetter") -> str:
    secret = secrets.token_urlsafe(32)
    more = Func(F("digests"), Value(digest_of(secret)), function="array_append")
    type(letter).objects.filter(pk=letter.pk).update(digests=more)
    return secret


def _message(letter: "CourseLetter", known: dict[str, Any]) -> EmailMultiAlternatives:
    nomination = known["object"]
    template = f"emails/course_{letter.about.replace(' ', '_')}"
    message = EmailMultiAlternatives(
        subject=" ".join(_plain(f"{template}.subject.txt", known).split()),
        body=_plain(f"{template}.txt", known).strip() + "\n",
        to=[nomination.email],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": nomination.language},
    )
    message.attach_alternative(render_to_string(f"{template}.html", known), "text/html")
    return message


def _plain(name: str, known: dict[str, Any]) -> str:
    return get_template(name).template.render(Context(known, autoescape=False))  # type: ignore[attr-defined]
