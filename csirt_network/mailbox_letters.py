"""Mails to functional mailboxes: the link that confirms one, and alerts that match, as the team may read them then."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from common.scope import PROGRAMME, scope
from common.tlp import strictest
from csirt_network.announcing import alert_of, of_mailbox
from csirt_network.mails import Matched
from csirt_network.team_reader import TeamReader
from notices.work import finish

if TYPE_CHECKING:
    from csirt_network.models.subscriptions import Mailbox, MailboxLetter

CONFIRM, STOP = "csirt_network.mailbox.confirm", "csirt_network.mailbox.stop"
CONFIRM_SECONDS = 7 * 24 * 3600
NOT_WANTED = gettext_noop("Not sent: the mailbox was not confirmed, was stopped, or its team has left the network.")
CONFIRMED = gettext_noop("Not sent: the mailbox is confirmed already, or was stopped.")
NO_CONCERN = gettext_noop("Not sent: nothing of it matches any more.")


@dataclass(frozen=True)
class Entry:
    """An alert as a mail may speak of it, and where it is read."""

    told: Matched
    link: str


def send(letter: "MailboxLetter") -> None:
    token = letter.attempts
    with scope(PROGRAMME):
        mailbox = apps.get_model("csirt_network", "Mailbox").objects.select_related("team").get(pk=letter.mailbox_id)
    is_to_confirm = letter.key.startswith("confirm")
    if mailbox.stopped_at or bool(mailbox.confirmed_at) == is_to_confirm:
        return finish(letter, token, reason=CONFIRMED if is_to_confirm else NOT_WANTED)
    message = confirmation(letter, mailbox) if is_to_confirm else matched(letter, mailbox)
    if message is None:
        return finish(letter, token, reason=NO_CONCERN)
    message.send()
    finish(letter, token, sent_at=timezone.now())


def confirmation(letter: "MailboxLetter", mailbox: "Mailbox") -> EmailMultiAlternatives:
    token = signing.dumps([mailbox.pk, mailbox.address], salt=CONFIRM)
    link = settings.SITE_URL + reverse("mailbox-confirm", args=[token])
    with translation.override(mailbox.language):
        return _message("emails/mailbox_confirm", letter, mailbox, {"link": link}, {})


def matched(letter: "MailboxLetter", mailbox: "Mailbox") -> EmailMultiAlternatives | None:
    """Asked again in the scope of the team: what it may not read any more, or nobody asks for, is left out."""
    reader, zone = TeamReader(mailbox.team_id), timezone.override(ZoneInfo(mailbox.team.time_zone or "UTC"))
    with scope(reader.reach, read_only=True, page="mail"), translation.override(mailbox.language), zone:
        entries = _entries(letter, mailbox, reader)
        if not entries:
            return None
        stop = address_to_stop(mailbox)
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        link = entries[0].link if len(entries) == 1 else settings.SITE_URL + reverse("alert-list")
        label = strictest(entry.told.alert.tlp for entry in entries).label
        known = {"entries": entries, "label": label, "link": link, "stop": stop}
        return _message("emails/mailbox_alerts", letter, mailbox, known, headers)


def address_to_stop(mailbox: "Mailbox") -> str:
    """Serves this mailbox alone; it does not end, since mails are read late."""
    return settings.SITE_URL + reverse("mailbox-stop", args=[signing.dumps(mailbox.pk, salt=STOP)])


def _entries(letter: "MailboxLetter", mailbox: "Mailbox", reader: TeamReader) -> list[Entry]:
    matches = apps.get_model("csirt_network", "MailboxMatch").objects.visible_to(reader).filter(letter=letter)
    announcements = apps.get_model("csirt_network", "Announcement").objects.visible_to(reader)
    found = []
    for announcement in announcements.filter(pk__in=matches.values("announcement")).order_by("at", "pk"):
        alert = alert_of(announcement, reader)
        if alert and of_mailbox(announcement, mailbox, reader):
            found.append(Entry(Matched(alert), settings.SITE_URL + alert.get_absolute_url()))
    return found


def _message(
    template: str, letter: "MailboxLetter", mailbox: "Mailbox", more: dict[str, Any], headers: dict[str, str]
) -> EmailMultiAlternatives:
    known = {"mailbox": mailbox, "team": mailbox.team, **more}
    message = EmailMultiAlternatives(
        subject=" ".join(_plain(f"{template}.subject.txt", known).split()),
        body=_plain(f"{template}.txt", known).strip() + "\n",
        to=[mailbox.address],
        headers={
            "Message-ID": f"<mailbox-{letter.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": mailbox.language,
        }
        | headers,
    )
    message.attach_alternative(render_to_string(f"{template}.html", known), "text/html")
    return message


def _plain(template: str, known: dict[str, Any]) -> str:
    """Plain text: nothing is escaped for HTML."""
    return get_template(template).template.render(Context(known, autoescape=False))  # type: ignore[attr-defined]
