"""Officers enter what was promised and given. A delivery is reported by a contact of the partner that undertook it or
by an officer, and reviewed by an officer who did not write it and speaks neither for that partner nor for its state.
Staff change only the deliveries that they made, so that nobody reviews words of their own. What is set aside for a
state is entered by officers who do not speak for it."""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from common.scope import reach_of
from partnerships.models import Allocation, Commitment, Delivery


@rules.predicate
def speaks_for_the_partner(user: Any, record: Commitment | Delivery | None) -> bool:
    return record is not None and record.partner_id in reach_of(user).partners


@rules.predicate
def wrote_it(user: Any, delivery: Delivery | None) -> bool:
    return delivery is not None and user.pk in (delivery.made_by_id, delivery.submitted_by_id)


@rules.predicate
def made_it(user: Any, delivery: Delivery | None) -> bool:
    return delivery is not None and user.pk == delivery.made_by_id


@rules.predicate
def speaks_for_the_partners_state(user: Any, delivery: Delivery | None) -> bool:
    """Where the partner is a state's government."""
    states = reach_of(user).states
    if delivery is None or not states:
        return False
    return delivery.partner is not None and delivery.partner.state_id in states


@rules.predicate
def goes_to_own_state(user: Any, allocation: Allocation | None) -> bool:
    return allocation is not None and allocation.state_id in reach_of(user).states


reports = is_officer | speaks_for_the_partner

rules.add_perm("partnerships.write_promises", is_officer)
rules.add_perm("partnerships.write_allocation", is_officer & ~goes_to_own_state)
rules.add_perm("partnerships.report_delivery", reports)
rules.add_perm("partnerships.change_delivery", reports & (made_it | ~is_programme_staff))
rules.add_perm("partnerships.view_deliveries_to_review", is_programme_staff)
rules.add_perm(
    "partnerships.review_delivery",
    is_officer & ~wrote_it & ~speaks_for_the_partner & ~speaks_for_the_partners_state,
)
