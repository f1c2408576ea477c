"""What is added to an operation by those who take part, and what its staff keep of it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
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


def add_entry(*, operation: Operation, tlp: str, happened_at: datetime, text: str, by: Any) -> LogEntry:
    return LogEntry.objects.create(operation=operation, tlp=tlp, happened_at=happened_at, text=text, by=by)


@transaction.atomic
def add_exhibit(
    *, operation: Operation, exhibit: Exhibit, upload: Any, from_whom: str, held_by: str, by: Any
) -> Exhibit:
    """With its file, or with the SHA-256 that was typed; and the first line of its custody."""
    exhibit.operation, exhibit.by = operation, by
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


def hand_over(*, exhibit: Exhibit, from_whom: str, to_whom: str, handed_at: datetime, why: str, by: Any) -> Custody:
    given = {"from_whom": from_whom, "to_whom": to_whom, "handed_at": handed_at, "why": why}
    return Custody.objects.create(exhibit=exhibit, by=by, **given)


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
