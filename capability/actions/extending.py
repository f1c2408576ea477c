"""More time for one state; after the round was closed, it is open again for that state alone."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from capability.actions.reviewing import liaisons_of
from capability.models import Extension, Update
from common.days import today
from notices.outbox import post
from review.actions import Refused
from review.states import Status


@transaction.atomic
def extend(*, update: Update, due_on: date, reason: str, by: Any) -> Extension:
    """Gives the state of `update` until `due_on` and tells its liaisons. The same once more is the same extension.

    Raises Refused when there is nothing left to send, and for a day that is over or before the one it has.
    """
    locked = Update.objects.select_for_update(of=("self",)).select_related("round").get(pk=update.pk)
    if locked.round is None or locked.round.opened_at is None:
        raise Refused(_("This round is not open yet, so nobody needs more time."))
    if locked.status not in (Status.DRAFT, Status.RETURNED):
        raise Refused(_("This update was sent, so it needs no more time."))
    last = locked.extensions.order_by("-pk").first()
    if last and (last.due_on, last.reason) == (due_on, reason):
        return last
    if due_on <= today() or (locked.round.is_open and locked.due_on and due_on <= locked.due_on):
        raise Refused(_("Choose a day after today and after the due date the state has now."))
    Update.objects.filter(pk=locked.pk).update(extended_until=due_on)
    extension = Extension.objects.create(update=locked, state_id=locked.state_id, due_on=due_on, reason=reason, by=by)
    post(kind="update extended", object_id=extension.pk, people=liaisons_of(locked))
    return extension
