"""What is promised, delivered and given in the invented worlds: one of each with every agreement."""

import itertools
from typing import Any

from django.utils import timezone

from accounts.models import User
from action_plan.models import Activity
from common.days import today
from partnerships.models import (
    Allocation,
    Commitment,
    CommitmentActivity,
    Contribution,
    Delivery,
    DeliveryFile,
    DeliveryMove,
    ExchangeRate,
    Instalment,
    Party,
)

MODELS = {
    Allocation, Commitment, CommitmentActivity, Contribution, Delivery, DeliveryFile, DeliveryMove, ExchangeRate,
    Instalment,
}  # fmt: skip
NUMBERS = itertools.count()


def populate(side: Party, pair: Any) -> None:
    """`pair` is a state with what its rows are like; a delivery has the status of its update."""
    state, life = pair
    by, reviewer = User.objects.order_by("pk")[:2]
    commitment = Commitment.objects.create(agreement=side.agreement, party=side, what_en="x")
    activity = Activity.objects.filter(taking_part__state=state).latest("pk")
    CommitmentActivity.objects.create(commitment=commitment, activity=activity)
    delivery = _delivery(commitment, life.status, by, reviewer)
    DeliveryMove.objects.create(subject=delivery, status_before="draft", status_after="submitted", by=by)
    DeliveryFile.objects.create(delivery=delivery, name="x", content="x", added_by=by)
    given = {"kind": "money", "precision": "at least", "amount": 3, "slug": f"given-{next(NUMBERS)}"}
    contribution = Contribution.objects.create(agreement=side.agreement, giver=side, **given)
    of_it = {"contribution": contribution, "partner_id": contribution.partner_id, "amount": 1}
    Instalment.objects.create(**of_it)
    Allocation.objects.create(state=state, **of_it)
    day = {"on": timezone.localdate(), "rate": 1, "taken_from": "x", "entered_by": by}
    ExchangeRate.objects.create(base="CAD", quote=_currency(next(NUMBERS)), **day)


def _delivery(commitment: Commitment, status: str, by: Any, reviewer: Any) -> Delivery:
    now = timezone.now()
    sent = {} if status == "draft" else {"submitted_by": by, "submitted_at": now}
    decided = {"decided_by": reviewer, "decided_at": now} if status == "accepted" else {}
    facts = {"commitment": commitment, "partner_id": commitment.partner_id, "what": "x", "on": today()}
    return Delivery.objects.create(made_by=by, status=status, **facts, **sent, **decided)


def _currency(number: int) -> str:
    """Three letters, others for each number up to 17,576."""
    return "".join(chr(65 + number // 26**place % 26) for place in range(3))
