"""Mails that are to come together hang on a digest: one for each person and day.

A digest is a mail like any other. It stands for a day of its reader (`object_id`, the day's number), so there is one
for each; mails hang on it while it is queued, and those that come after it has begun go to the next.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_noop

from common.scope import PROGRAMME, scope
from notices.paces import Pace
from notices.work import finish

if TYPE_CHECKING:
    from notices.models import Mail

DIGEST = "mail digest"
AT = time(7)
MONDAY = 0
TOGETHER = gettext_noop("It comes together with others, as the recipient wishes.")


def gather(mail: "Mail", token: int, pace: str) -> None:
    """Hangs the mail on the next digest of its recipient, in one transaction with marking it as done."""
    with scope(PROGRAMME, page="worker"):
        finish(mail, token, reason=TOGETHER, digest=_next_digest(mail, pace))


def _next_digest(mail: "Mail", pace: str) -> "Mail":
    """Locked: whoever claims it to send it waits until the mail hangs on it, or came first and it is not queued."""
    mails = type(mail).objects
    for moment in moments(pace, ZoneInfo(mail.person.time_zone)):
        which = {"kind": DIGEST, "object_id": moment.date().toordinal(), "threshold": "", "person": mail.person}
        mails.bulk_create([type(mail)(**which, not_before=moment)], ignore_conflicts=True)
        digest = mails.select_for_update(no_key=True).get(**which)
        if digest.status == mail.Status.QUEUED:
            return digest
    raise AssertionError("There is always another day.")


def moments(pace: str, zone: ZoneInfo) -> Iterator[datetime]:
    """Seven in the morning of the reader, of each day to come or of each Monday."""
    now = timezone.now()
    day = timezone.localtime(now, zone).date()
    while True:
        moment = datetime.combine(day, AT, zone)
        if moment > now and (pace == Pace.DAILY or day.weekday() == MONDAY):
            yield moment
        day += timedelta(days=1)
