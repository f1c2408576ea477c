"""What a party undertook: entered, corrected and taken away by the programme."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from action_plan.models import Activity
from partnerships.models import Commitment, CommitmentActivity
from review.actions import Refused


class Settled(Refused):
    """Who undertook or gave it is settled: what is recorded below it belongs to that partner."""


def meanwhile() -> str:
    return _("A colleague saved this meanwhile. Open it again, and enter your change anew.")


@transaction.atomic
def save_commitment(*, commitment: Commitment, activities: Iterable[Activity], edited: int, by: Any) -> Commitment:
    """A new one, or the change of one that stood at `edited`; or Refused. Activities that `by` cannot see stay."""
    if commitment.pk:
        _hold(commitment, edited)
        commitment.edited = edited + 1
    commitment.save()
    wanted = {activity.pk for activity in activities}
    seen = CommitmentActivity.objects.visible_to(by).filter(commitment=commitment)
    seen.exclude(activity__in=wanted).delete()
    CommitmentActivity.objects.bulk_create(
        (CommitmentActivity(commitment=commitment, activity_id=pk) for pk in sorted(wanted)), ignore_conflicts=True
    )
    return commitment


@transaction.atomic
def remove_commitment(*, commitment: Commitment, by: Any) -> None:
    """Only while nothing was delivered; or Refused."""
    held = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if held.deliveries.exists():
        raise Refused(_already_delivered())
    held.delete()


def _hold(commitment: Commitment, edited: int) -> None:
    """Locks it, so that no delivery comes in between. A delivery, draft or not, stays with whoever undertook it."""
    held = Commitment.objects.select_for_update().filter(pk=commitment.pk, edited=edited).first()
    if held is None:
        raise Refused(meanwhile())
    if held.party_id != commitment.party_id and held.deliveries.exists():
        raise Settled(_already_delivered())


def _already_delivered() -> str:
    return _("Something was delivered on this commitment already, so it stays.")
