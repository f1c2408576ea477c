"""The mail to an expert, who has no account: one link confirms the entry once, the other leaves the roster at any time.

Both are signed and kept nowhere. The first names the turn, so that a newer one or the first use ends it;
the second names the address it went to, so that it opens nothing once the entry is somebody else's.
"""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_noop

from common.scope import PROGRAMME, scope
from notices.work import finish

if TYPE_CHECKING:
    from action_plan.models import Expert, ExpertLetter

CONFIRM, LEAVE = "action_plan.expert.confirm", "action_plan.expert.leave.address"
CONFIRM_SECONDS = 30 * 24 * 3600
OVER = gettext_noop("Not sent: the expert has confirmed already, has left, or a newer letter was asked for.")


def to_confirm(token: str) -> "Expert | None":
    """Whose link it is; None when it is not whole, too old, used, or followed by a newer one."""
    try:
        pk, turn = signing.loads(token, salt=CONFIRM, max_age=CONFIRM_SECONDS)
    except signing.BadSignature:
        return None
    found = _found(pk)
    return found if found and found.turn == turn else None


def to_leave(token: str) -> "Expert | None":
    """Whose link it is; None when it is not whole or went to another address than the present one."""
    try:
        pk, digest = signing.loads(token, salt=LEAVE)
    except signing.BadSignature:
        return None
    found = _found(pk)
    return found if found and constant_time_compare(_digest(found), digest) else None


def address_to_confirm(expert: "Expert") -> str:
    token = signing.dumps([expert.pk, expert.turn], salt=CONFIRM)
    return settings.SITE_URL + reverse("expert-confirm", args=[token])


def address_to_leave(expert: "Expert") -> str:
    """It does not end: whoever is on the roster may leave it from any mail to the present address."""
    token = signing.dumps([expert.pk, _digest(expert)], salt=LEAVE)
    return settings.SITE_URL + reverse("expert-leave", args=[token])


def send(letter: "ExpertLetter") -> None:
    attempt = letter.attempts
    with scope(PROGRAMME, read_only=True, page="mail"):
        expert = apps.get_model("action_plan", "Expert").objects.select_related("made_by").get(pk=letter.expert_id)
    if expert.status == "left" or expert.turn != letter.turn:
        return finish(letter, attempt, reason=OVER)
    with translation.override(expert.language):
        _message(expert).send()
    finish(letter, attempt, sent_at=timezone.now())


def _digest(expert: "Expert") -> str:
    return sha256(expert.email.encode()).hexdigest()[:32]


def _found(pk: int) -> Any:
    """The signature is what allows it: nobody is signed in."""
    with scope(PROGRAMME, read_only=True):
        experts = apps.get_model("action_plan", "Expert").objects
        return experts.standing().select_related("country").filter(pk=pk).first()


def _message(expert: "Expert") -> EmailMultiAlternatives:
    known = {"expert": expert, "link": address_to_confirm(expert), "leave": address_to_leave(expert)}
    message = EmailMultiAlternatives(
        subject=" ".join(_plain("emails/expert_asked.subject.txt", known).split()),
        body=_plain("emails/expert_asked.txt", known).strip() + "\n",
        to=[expert.email],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": expert.language},
    )
    message.attach_alternative(render_to_string("emails/expert_asked.html", known), "text/html")
    return message


def _plain(name: str, known: dict[str, Any]) -> str:
    return get_template(name).template.render(Context(known, autoescape=False))  # type: ignore[attr-defined]
