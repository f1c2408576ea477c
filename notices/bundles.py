"""Mails about things that come about together, such as the reports of one slot of a schedule: one for each person.

They hang on a mail of their own, as those of a day do (notices/gathering.py). It goes out as soon as nothing more is to
come, and in any case some minutes after the first; what comes later goes to the next.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from common.scope import PROGRAMME, scope
from notices.bell import ring_soon
from notices.kinds import Bundle
from notices.work import finish

if TYPE_CHECKING:
    from notices.models import Mail

WAITS = timedelta(minutes=15)
BUNDLED = gettext_noop("It comes together with others that were made with it.")
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext(%s))"


def tie(mail: "Mail", token: int, bundle: Bundle) -> None:
    """Hangs the mail on the one that tells of all, in one transaction with marking it as done."""
    with scope(PROGRAMME, page="worker"):
        finish(mail, token, reason=BUNDLED)
        with connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME, [f"{bundle.kind} {bundle.key} {mail.person_id}"])
        whole = _whole(mail, bundle)
        type(mail).objects.filter(pk=mail.pk).update(digest=whole)
        if bundle.is_whole() and not _others_wait(mail, bundle):
            type(mail).objects.filter(pk=whole.pk).update(not_before=Now())
            ring_soon(whole)


def _whole(mail: "Mail", bundle: Bundle) -> "Mail":
    """The one that is still to be sent, locked, or a new one. It is named by the first that hangs on it."""
    mails = type(mail).objects
    of_these = {"kind": bundle.kind, "threshold": str(bundle.key), "person": mail.person}
    queued = mails.select_for_update(no_key=True).filter(**of_these, status=mail.Status.QUEUED).first()
    return queued or mails.create(**of_these, object_id=mail.pk, not_before=Now() + WAITS)


def _others_wait(mail: "Mail", bundle: Bundle) -> bool:
    waiting = type(mail).objects.filter(kind=mail.kind, person=mail.person, status__in=("queued", "running"))
    return waiting.filter(object_id__in=bundle.objects).exclude(pk=mail.pk).exists()
