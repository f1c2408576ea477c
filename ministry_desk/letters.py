"""Making and sending the letter with the link. The link exists in the letter alone; the database knows its digest."""

import secrets
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Func, Value
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from accounts.actions import digest_of
from common.scope import Reach, scope
from notices.work import finish

if TYPE_CHECKING:
    from ministry_desk.models import Letter

TEMPLATE = "emails/colleague_asked"
OVER = gettext_noop("Not sent: the question was taken back or is over.")


def send(letter: "Letter") -> None:
    """Each attempt makes a link of its own: those of attempts before, which may have arrived, serve as well."""
    attempt = letter.attempts
    secret = _new_secret(letter)
    message = write(letter, secret)
    if message is None:
        return finish(letter, attempt, reason=OVER)
    message.send()
    finish(letter, attempt, sent_at=timezone.now())


def write(letter: "Letter", secret: str) -> EmailMultiAlternatives | None:
    """In the colleague's language and reach; None when the link would be dead already."""
    with scope(Reach(guest=letter.enquiry_id), read_only=True, page="mail"), translation.override(letter.language):
        enquiries = apps.get_model("ministry_desk", "Enquiry").objects.select_related("state", "asked_by")
        enquiry = enquiries.prefetch_related("questions").get(pk=letter.enquiry_id)
        if letter.closed_at or letter.has_expired:
            return None
        known = {"object": enquiry, "link": settings.SITE_URL + reverse("colleague-link", args=[secret])}
        return _message(letter, known, enquiry.email)


def _new_secret(letter: "Letter") -> str:
    secret = secrets.token_urlsafe(32)
    more = Func(F("digests"), Value(digest_of(secret)), function="array_append")
    type(letter).objects.filter(pk=letter.pk).update(digests=more)
    return secret


def _message(letter: "Letter", known: dict[str, Any], address: str) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=" ".join(_plain("subject.txt", known).split()),
        body=_plain("txt", known).strip() + "\n",
        to=[address],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": letter.language},
    )
    message.attach_alternative(render_to_string(f"{TEMPLATE}.html", known), "text/html")
    return message


def _plain(kind: str, known: dict[str, Any]) -> str:
    return get_template(f"{TEMPLATE}.{kind}").template.render(Context(known, autoescape=False))  # type: ignore[attr-defined]
