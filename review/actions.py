"""The only file that changes a status."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from review.models import Move, Submittable
from review.states import Status, Way


class Refused(Exception):
    """The status of the record forbids what was asked. Its message is a sentence for the person who asked."""


@transaction.atomic
def move(
    subject: Submittable,
    way: Way,
    *,
    moves: type[Move],
    by: Any,
    reason: str = "",
    together: Mapping[str, Any] | None = None,
    **row: Any,
) -> Move:
    """Takes `subject` along `way` and records it, or raises Refused. Two at once: one moves, the other is refused.

    `together` are columns of `subject` that change in the same statement, as a check on the row may ask; `row` goes
    into the record of the move.
    """
    before = type(subject)._base_manager.select_for_update().values_list("status", flat=True).get(pk=subject.pk)
    if before not in way.start:
        raise Refused(str(way.refusal))
    if way.needs_reason and not reason.strip():
        raise Refused(_("Write why: the reason is kept and shown."))
    type(subject)._base_manager.filter(pk=subject.pk).update(
        status=way.end, version=F("version") + 1, **(together or {})
    )
    subject.status = way.end
    return moves._base_manager.create(  # type: ignore[misc]  # each app's own moves have a subject
        subject=subject, status_before=Status(before), status_after=way.end, by=by, reason=reason, **row
    )
