"""Opening and closing a round."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from capability.models import Round, Update
from member_states.models import Liaison, MemberState
from notices.outbox import post
from review.actions import Refused


@transaction.atomic
def open_round(*, round: Round, states: Iterable[MemberState], by: Any) -> Round:
    """Opens `round`, new or planned, with an empty update for each invited state, and tells their liaisons.

    Raises Refused when it was opened already.
    """
    if round.pk and not Round.objects.select_for_update().filter(pk=round.pk, opened_at=None):
        raise Refused(_("This round was already opened. Nothing was opened a second time."))
    round.slug = f"{round.year}-{round.number}"
    round.opened_by, round.opened_at = by, timezone.now()
    try:
        with transaction.atomic():
            round.save()
    except IntegrityError as error:
        raise Refused(_("This round was already opened. Nothing was opened a second time.")) from error
    updates = Update.objects.bulk_create(
        Update(round=round, state=state, edition_id=round.edition_id) for state in states
    )
    _tell_liaisons(updates)
    return round


@transaction.atomic
def close_round(*, round: Round, by: Any) -> None:
    """From now on nothing can be sent; what was sent is still reviewed. Raises Refused when it is not open."""
    is_open = Round.objects.filter(pk=round.pk, opened_at__isnull=False, closed_at=None)
    if not is_open.update(closed_by=by, closed_at=timezone.now()):
        raise Refused(_("This round is not open, so it cannot be closed."))


def _tell_liaisons(updates: list[Update]) -> None:
    people = defaultdict(list)
    liaisons = Liaison.objects.current().filter(state__in=[update.state_id for update in updates])
    for liaison in liaisons.select_related("person"):
        people[liaison.state_id].append(liaison.person)
    for update in updates:
        post(kind="round opened", object_id=update.pk, people=people[update.state_id])
