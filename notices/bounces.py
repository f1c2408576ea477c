"""What mail servers send back about a mail of the outbox: delivery status notifications (RFC 3464).

A mail is known by its Message-ID and its recipient, both as the returned headers say them, so that nobody can report
the mail of somebody else without knowing where it went.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from enum import StrEnum
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from common.scope import PROGRAMME, scope
from notices.models import Mail

NO_SUCH_ADDRESS = gettext_noop("The mail came back: nobody is reached by this address.")
MAILBOX_FULL = gettext_noop("The mail came back: the recipient’s mailbox is full.")
MAILBOX_CLOSED = gettext_noop("The mail came back: the recipient’s mailbox takes no mail.")
TURNED_AWAY = gettext_noop("The mail came back: the recipient’s mail server refuses it by its rules.")
CAME_BACK = gettext_noop("The mail came back: it could not be delivered.")
# By the codes of RFC 3463; the first that fits. 5.1.7 and 5.1.8 are about the sender.
SENTENCES = (
    (r"5\.1\.[78]", CAME_BACK),
    (r"5\.1\..+", NO_SUCH_ADDRESS),
    (r"[45]\.2\.2", MAILBOX_FULL),
    (r"5\.2\..+", MAILBOX_CLOSED),
    (r"5\.7\..+", TURNED_AWAY),
)
OURS = re.compile(r"<mail-([1-9]\d{0,17})@[^<>@\s]+>")
RETURNED = {"message/rfc822", "text/rfc822-headers"}
SLACK = timedelta(seconds=2)  # a header says whole seconds, and the database has a clock of its own


class Outcome(StrEnum):
    MARKED = "marked"
    KNOWN = "known before"
    SOFT = "not given up as permanent"
    PASSED = "passed over"


@dataclass(frozen=True)
class Bounce:
    message_id: str
    mail: int
    to: frozenset[str]
    written_at: datetime
    code: str  # of what is permanent; empty for everything else

    @property
    def why(self) -> str:
        return next((sentence for codes, sentence in SENTENCES if re.fullmatch(codes, self.code)), CAME_BACK)


def take(content: bytes) -> Outcome:
    """Marks the mail as failed when a server has refused it for good. The same notification again changes nothing."""
    bounce = read(content)
    if bounce is None:
        return Outcome.PASSED
    with scope(PROGRAMME, page="bounces"):
        found = Mail.objects.select_for_update(of=("self",)).select_related("person").filter(pk=bounce.mail).first()
        if found is None or not _is_of(bounce, found):
            return Outcome.PASSED
        if not bounce.code:
            return Outcome.SOFT
        if found.sent_at is None or bounce.written_at < found.not_before - SLACK:  # tried again since
            return Outcome.KNOWN
        failed: dict[str, Any] = {"status": Mail.Status.FAILED, "finished_at": Now(), "sent_at": None}
        Mail.objects.filter(pk=found.pk).update(**failed, reason=bounce.why)
        return Outcome.MARKED


def read(content: bytes) -> Bounce | None:
    """None for everything that is no notification about a mail of a portal, whatever it is."""
    try:
        return _bounce(message_from_bytes(content))
    except Exception:  # the library meets broken messages with any exception there is
        return None


def _is_of(bounce: Bounce, mail: Mail) -> bool:
    return bounce.message_id == mail.message_id and (mail.address or mail.person.email).lower() in bounce.to


def _bounce(message: Message) -> Bounce | None:
    parts: Any = message.get_payload()
    if message.get_content_type() != "multipart/report" or not isinstance(parts, list):
        return None
    blocks = next(part.get_payload() for part in parts if part.get_content_type() == "message/delivery-status")
    headers = next(_returned(part) for part in parts if part.get_content_type() in RETURNED)
    ours = OURS.fullmatch(_of(headers, "Message-ID"))
    if ours is None:
        return None
    to = getaddresses([_of(headers, "To")])
    return Bounce(
        message_id=ours[0],
        mail=int(ours[1]),
        to=frozenset(address.lower() for _name, address in to if address),
        written_at=_aware(parsedate_to_datetime(_of(headers, "Date"))),
        code=next(filter(None, map(_permanent, blocks)), ""),
    )


def _returned(part: Message) -> Message:
    content: Any = part.get_payload()
    return content[0] if isinstance(content, list) else message_from_bytes(part.get_payload(decode=True))  # type: ignore[arg-type]


def _permanent(block: Message) -> str:
    """The code of a recipient that a server has given up, also after days (RFC 3464, 2.3.3 and 2.3.4)."""
    code = re.match(r"[45]\.\d{1,3}\.\d{1,3}", _of(block, "Status"))
    return code[0] if code and _of(block, "Action").lower() == "failed" else ""


def _of(headers: Message, name: str) -> str:
    return str(headers.get(name, "")).strip()


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
