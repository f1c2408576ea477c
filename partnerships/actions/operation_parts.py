"""What is added to an operation by those who take part, and what its staff keep of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from csirt_network.actions.files import keep
from csirt_network.models import Alert
from partnerships.models import (
    Custody,
    Exhibit,
    LogEntry,
    Operation,
    OperationAction,
    OperationAlert,
    OperationFigure,
)
from review.actions import Refused


@transaction.atomic
def add_entry(
    *, operation: Operation, tlp: str, happened_at: datetime, text: str, by: Any, key: UUID | None = None
) -> LogEntry:
    """Once per key, as the others here. Raises Refused when the log is full."""
    if known := _known(operation.log.filter(by=by), key):
        return known
    _refuse_more(LogEntry.objects.filter(operation=operation), LogEntry.MOST)
    return LogEntry.objects.create(operation=operation, tlp=tlp, happened_at=happened_at, text=text, by=by, key=key)


@transaction.atomic
def add_exhibit(
    *,
    operation: Operation,
    exhibit: Exhibit,
    upload: Any,
    from_whom: str,
    held_by: str,
    by: Any,
    key: UUID | None = None,
) -> Exhibit:
    """With its file, or with the SHA-256 that was typed; and the first line of its custody."""
    if known := _known(operation.exhibits.filter(by=by), key):
        return known
    _refuse_more(Exhibit.objects.filter(operation=operation), Exhibit.MOST)
    exhibit.operation, exhibit.by, exhibit.key = operation, by, key
    if upload:
        keep(exhibit, upload=upload)
    else:
        exhibit.save(force_insert=True)
    Custody.objects.create(
        exhibit=exhibit,
        from_whom=from_whom,
        to_whom=held_by,
        handed_at=timezone.now(),
        why=_("Secured and entered here"),
        by=by,
    )
    return exhibit


@transaction.atomic
def hand_over(
    *,
    exhibit: Exhibit,
    from_whom: str,
    to_whom: str,
    handed_at: datetime,
    why: str,
    by: Any,
    key: UUID | None = None,
) -> Custody:
    if known := _known(exhibit.custody.filter(by=by), key):
        return known
    _refuse_more(Custody.objects.filter(exhibit=exhibit), Custody.MOST)
    given = {"from_whom": from_whom, "to_whom": to_whom, "handed_at": handed_at, "why": why}
    return Custody.objects.create(exhibit=exhibit, by=by, key=key, **given)


def _known(own: Any, key: UUID | None) -> Any:
    """What was made with this key before. Of two at the same moment the second waits for the first."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
    return own.filter(key=key).first()


def _refuse_more(rows: Any, most: int) -> None:
    if rows.count() >= most:
        raise Refused(
            _("There are %(count)d already, and no more are taken. Go on in a further operation.") % {"count": most}
        )


def keep_action(*, operation: Operation, action: OperationAction, by: Any) -> None:
    action.operation = operation
    action.save()


def keep_figure(*, operation: Operation, figure: OperationFigure, by: Any) -> None:
    figure.operation = operation
    figure.save()


def remove_figure(*, figure: OperationFigure, by: Any) -> None:
    OperationFigure.objects.filter(pk=figure.pk).delete()


@transaction.atomic
def link_alert(*, operation: Operation, alert: Alert, by: Any) -> None:
    try:
        with transaction.atomic():
            OperationAlert.objects.create(operation=operation, alert=alert, by=by)
    except IntegrityError as error:
        raise Refused(_("This alert is linked already.")) from error


def unlink_alert(*, link: OperationAlert, by: Any) -> None:
    OperationAlert.objects.filter(pk=link.pk).delete()
