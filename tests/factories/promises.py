"""What is promised and given. Needs the programme's scope."""

import itertools
from typing import Any

from partnerships.models import Agreement, Allocation, Commitment, Contribution, Party

NUMBERS = itertools.count(1)


def side_of(agreement: Agreement) -> Party:
    """Its first partner; the OAS where it has none."""
    return agreement.parties.order_by("partner_id").first() or agreement.parties.get()


def make_commitment(agreement: Agreement, what: str = "Train public servants", **facts: Any) -> Commitment:
    """Undertaken by the partner, due on no stated day."""
    return Commitment.objects.create(agreement=agreement, party=side_of(agreement), what_en=what, **facts)


def make_contribution(agreement: Agreement, amount: Any, currency: str, **facts: Any) -> Contribution:
    usual = {
        "kind": "money",
        "precision": "exact",
        "slug": f"contribution-{next(NUMBERS)}",
        "giver": side_of(agreement),
    }
    return Contribution.objects.create(agreement=agreement, amount=amount, currency=currency, **{**usual, **facts})


def make_allocation(contribution: Contribution, amount: Any, **facts: Any) -> Allocation:
    held = {"contribution": contribution, "partner_id": contribution.partner_id}
    return Allocation.objects.create(amount=amount, **held, **facts)
