"""Officers enter what was promised and given. A delivery is reported by a contact of the partner that undertook it or
by an officer, and reviewed by an officer who did not write it and does not speak for that partner."""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from common.scope import reach_of
from partnerships.models import Commitment, Delivery


@rules.predicate
def speaks_for_the_partner(user: Any, record: Commitment | Delivery | None) -> bool:
    return record is not None and record.partner_id in reach_of(user).partners


@rules.predicate
def wrote_it(user: Any, delivery: Delivery | None) -> bool:
    return delivery is not None and user.pk in (delivery.made_by_id, delivery.submitted_by_id)


rules.add_perm("partnerships.write_promises", is_officer)
rules.add_perm("partnerships.report_delivery", is_officer | speaks_for_the_partner)
rules.add_perm("partnerships.view_deliveries_to_review", is_programme_staff)
rules.add_perm("partnerships.review_delivery", is_officer & ~wrote_it & ~speaks_for_the_partner)
