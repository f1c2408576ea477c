"""Making one mail for one person: looked up in the person's reach, written in the person's language."""

from smtplib import SMTPRecipientsRefused
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from common.scope import PROGRAMME, reach_of, scope
from notices import kinds
from notices.addresses import is_dead
from notices.bundles import tie
from notices.gathering import gather
from notices.paces import Pace, paces_of, slowest
from notices.stopping import address_to_stop
from notices.work import Hopeless, finish

if TYPE_CHECKING:
    from notices.models import Mail

ACCOUNT_CLOSED = gettext_noop("Not sent: the recipient's account is closed.")
NO_CONCERN = gettext_noop("Not sent: this no longer concerns the recipient.")
UNWANTED = gettext_noop("Not sent: the recipient does not want mails of this kind.")
ADDRESS_DEAD = gettext_noop("Not sent: the recipient's address does not work.")
ADDRESS_REFUSED = gettext_noop("The mail server refused the recipient's address.")
PERMANENT = 500  # codes of SMTP from here on
# Asked for by whoever types the address: if it arrives, it works.
SENT_ANYWAY = frozenset({"password forgotten"})


def send(mail: "Mail") -> None:
    """Sends the mail and marks it as done; marks it as done with a reason when nobody should get it any more."""
    token = mail.attempts
    if not mail.person.is_active and not mail.address:
        return finish(mail, token, reason=ACCOUNT_CLOSED)
    if not mail.address and mail.kind not in SENT_ANYWAY and is_dead(mail.person):
        return finish(mail, token, reason=ADDRESS_DEAD)
    pace = pace_of(mail)
    if pace == Pace.NEVER:
        return finish(mail, token, reason=UNWANTED)
    if pace != Pace.AT_ONCE:
        return gather(mail, token, pace)
    bundle = _bundle_of(mail)
    if bundle:
        return tie(mail, token, bundle)
    message, found = _written(mail)
    if message is None:
        return _finish(mail, token, found, reason=NO_CONCERN)
    _hand_over(message)
    _finish(mail, token, found, sent_at=timezone.now())


def _finish(mail: "Mail", token: int, found: Any, **facts: Any) -> None:
    settle = kinds.known(mail.kind).settle
    with scope(PROGRAMME, page="worker"):
        finish(mail, token, **facts)
        if settle and found is not None:
            settle(mail, found)


def _hand_over(message: EmailMultiAlternatives) -> None:
    """Raises Hopeless when the server will take nothing for this address, whenever it is tried (RFC 5321, 4.2.1)."""
    try:
        message.send()
    except SMTPRecipientsRefused as refused:
        if all(code >= PERMANENT for code, _words in refused.recipients.values()):
            raise Hopeless(ADDRESS_REFUSED) from refused
        raise


def pace_of(mail: "Mail") -> str:
    """As the recipient wishes now; duties and digests come at once."""
    kind, person = kinds.known(mail.kind), mail.person
    if kind.matter is None:
        return Pace.AT_ONCE
    with scope(reach_of(person), read_only=True, page="mail"):
        wished = paces_of(person).get(kind.matter.name, Pace.AT_ONCE)
        return slowest([wished, kind.pace(person, mail.object_id)]) if kind.pace else wished


def _bundle_of(mail: "Mail") -> kinds.Bundle | None:
    kind, person = kinds.known(mail.kind), mail.person
    if kind.together is None:
        return None
    with scope(reach_of(person), read_only=True, page="mail"):
        return kind.together(person, mail.object_id)


def write(mail: "Mail") -> EmailMultiAlternatives | None:
    """The mail as its recipient may read it now, or None when it does not concern the recipient any more."""
    return _written(mail)[0]


def _written(mail: "Mail") -> tuple[EmailMultiAlternatives | None, Any]:
    """The mail, and what it is about."""
    kind, person = kinds.known(mail.kind), mail.person
    zone = timezone.override(ZoneInfo(person.time_zone))
    with scope(reach_of(person), read_only=True, page="mail"), translation.override(person.language), zone:
        found = kind.find(person, mail.object_id)
        is_nothing = found is None or getattr(found, "is_empty", False)
        return None if is_nothing else _message(mail, kind, found), found


def example(kind: str, found: Any, person: Any) -> EmailMultiAlternatives:
    """The mail that `person` would get about `found`, as it is sent; nothing is stored and nothing is looked up."""
    mail = apps.get_model("notices", "Mail")(kind=kind, object_id=0, person=person)
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        return _message(mail, kinds.known(kind), found)


def known(mail: "Mail", kind: kinds.MailKind, found: Any) -> dict[str, Any]:
    """What the templates know of it."""
    matters = getattr(found, "matters", None) or ([kind.matter] if kind.matter else [])
    return {
        "object": found,
        "person": mail.person,
        "mail": mail,
        "link": settings.SITE_URL + kind.link(found),
        "matters": matters,
        "preferences": settings.SITE_URL + reverse("mail-preferences"),
        "stop": address_to_stop(mail.person, matters) if matters else "",
    }


def subject(kind: kinds.MailKind, given: dict[str, Any]) -> str:
    return " ".join(_plain(f"{kind.template}.subject.txt", given).split())


def _message(mail: "Mail", kind: kinds.MailKind, found: Any) -> EmailMultiAlternatives:
    given = known(mail, kind, found)
    message = EmailMultiAlternatives(
        subject=subject(kind, given),
        body=_plain(f"{kind.template}.txt", given).strip() + "\n",
        to=[mail.address or mail.person.email],
        headers=_headers(mail, given["stop"]),
        reply_to=[settings.CONTACT] if settings.CONTACT else None,
    )
    message.attach_alternative(render_to_string(f"{kind.template}.html", given), "text/html")
    return message


def _headers(mail: "Mail", stop: str) -> dict[str, str]:
    headers = {
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.person.language,
    }
    one_click = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers | one_click if stop else headers


def _plain(template: str, known: dict[str, Any]) -> str:
    """Plain text: nothing is escaped for HTML."""
    return get_template(template).template.render(Context(known, autoescape=False))  # type: ignore[attr-defined]
