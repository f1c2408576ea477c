"""Making and sending the mail with the link. The link exists in the mail alone; the database knows its hash."""

import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Func, Value
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from accounts.actions import digest_of
from common.scope import PROGRAMME, scope
from notices.work import finish

if TYPE_CHECKING:
    from invitations.models import Invitation

TEMPLATE = "emails/invitation"
OVER = gettext_noop("Not sent: the invitation was accepted, taken back or has expired.")


def send(invitation: "Invitation") -> None:
    """Each attempt makes a secret of its own; asking to send it again has made those before worthless."""
    attempt = invitation.attempts
    if not invitation.is_open:
        return finish(invitation, attempt, reason=OVER)
    path = path_with_secret(invitation)
    with scope(PROGRAMME, page="worker"):  # a partner that is not published is named as well
        message = write(invitation, path)
    message.send()
    finish(invitation, attempt, sent_at=timezone.now())


def path_with_secret(invitation: "Invitation") -> str:
    """The path of the link, with a new secret. Only of the attempt that holds the work: others add nothing."""
    secret = secrets.token_urlsafe(32)
    with scope(PROGRAMME, page="worker"):
        mine = type(invitation).objects.usable().filter(pk=invitation.pk, attempts=invitation.attempts)
        held = mine.exclude(status="queued")
        held.update(digest=Func(F("digest"), Value(digest_of(secret)), function="array_append"))
    return reverse("invitation", args=[secret])


def write(invitation: "Invitation", path: str) -> EmailMultiAlternatives:
    """In the language of whoever is invited, who reaches nothing yet: it says who invites to what, and no more."""
    known = {"object": invitation, "link": settings.SITE_URL + path, "hours": invitation.HOURS}
    with translation.override(invitation.language):
        message = EmailMultiAlternatives(
            subject=" ".join(_plain("subject.txt", known).split()),
            body=_plain("txt", known).strip() + "\n",
            to=[invitation.email],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": invitation.language},
        )
        message.attach_alternative(render_to_string(f"{TEMPLATE}.html", known), "text/html")
        return message


def _plain(kind: str, known: dict[str, Any]) -> str:
    return get_template(f"{TEMPLATE}.{kind}").template.render(Context(known, autoescape=False))  # type: ignore[attr-defined]
