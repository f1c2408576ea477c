"""The mail that calls a team in a contact test: in its language, with a link that needs no account."""

import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Func, Value
from django.db.models.functions import Coalesce
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from accounts.actions import digest_of
from common.scope import PROGRAMME, scope
from notices.work import finish

if TYPE_CHECKING:
    from csirt_network.models import DrillCall

TEMPLATE = "emails/drill_call"
OVER = gettext_noop("Not sent: the contact test was over, or the team had answered.")
NO_ADDRESS = gettext_noop("Not sent: the team’s entry names no e-mail address.")


def send(call: "DrillCall") -> None:
    """Each attempt makes a link of its own: those of attempts before, which may have arrived, serve as well."""
    attempt = call.attempts
    with scope(PROGRAMME, page="worker"):
        held = type(call).objects.select_related("drill", "team").get(pk=call.pk)
        why_not = _why_not(held)
        message = None if why_not else _message(held, _new_secret(held))
    if message is None:
        return finish(call, attempt, reason=why_not)
    message.send()
    finish(call, attempt, called_at=Coalesce(F("called_at"), Value(timezone.now())))


def _why_not(call: "DrillCall") -> str:
    if call.answered_at or not call.drill.is_open:
        return OVER
    return "" if call.address else NO_ADDRESS


def _new_secret(call: "DrillCall") -> str:
    secret = secrets.token_urlsafe(32)
    more = Func(F("digests"), Value(digest_of(secret)), function="array_append")
    type(call).objects.filter(pk=call.pk).update(digests=more)
    return secret


def _message(call: "DrillCall", secret: str) -> EmailMultiAlternatives:
    known = {"call": call, "drill": call.drill, "link": settings.SITE_URL + reverse("drill-link", args=[secret])}
    with translation.override(call.language):
        message = EmailMultiAlternatives(
            subject=" ".join(_plain("subject.txt", known).split()),
            body=_plain("txt", known).strip() + "\n",
            to=[call.address],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": call.language},
        )
        message.attach_alternative(render_to_string(f"{TEMPLATE}.html", known), "text/html")
    return message


def _plain(kind: str, known: dict[str, Any]) -> str:
    return get_template(f"{TEMPLATE}.{kind}").template.render(Context(known, autoescape=False))  # type: ignore[attr-defined]
