"""What a party undertook: entered, corrected and taken away by the programme."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from action_plan.models import Activity
from partnerships.models import Commitment, CommitmentActivity
from review.actions import Refused


def meanwhile() -> str:
    return _("A colleague saved this meanwhile. Open it again, and enter your change anew.")


@transaction.atomic
def save_commitment(*, commitment: Commitment, activities: Iterable[Activity], edited: int, by: Any) -> Commitment:
    """A new one, or the change of one that stood at `edited`; or Refused. Activities that `by` cannot see stay."""
    if commitment.pk:
        held = Commitment.objects.filter(pk=commitment.pk, edited=edited).update(edited=F("edited") + 1)
        if not held:
            raise Refused(meanwhile())
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
        raise Refused(_("Something was delivered on this commitment already, so it stays."))
    held.delete()
