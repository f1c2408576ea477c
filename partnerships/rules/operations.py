"""Joint operations: led by the officer responsible, or a manager; added to by those who take part."""

from typing import Any

import rules

from accounts.rules import is_manager, is_officer
from common.scope import reach_of
from partnerships.models import Operation


@rules.predicate
def is_responsible(user: Any, operation: Operation | None) -> bool:
    return operation is not None and operation.officer_id == user.pk


@rules.predicate
def is_of_today(user: Any, operation: Operation | None) -> bool:
    """Of what a source names as an example, nothing is the programme's to say."""
    return operation is not None and not operation.is_historic


@rules.predicate
def takes_part(user: Any, operation: Operation | None) -> bool:
    """For a partner, for a state that it may write for, or named by the network of CSIRTs."""
    if operation is None:
        return False
    reach = reach_of(user)
    if {*operation.partner_ids, operation.lead_id} & set(reach.partners):
        return True
    if set(operation.state_ids) & set(reach.spoken_for):
        return True
    return any(f"team:{team}:{reach.person}" in operation.named_for for team in reach.teams)


rules.add_perm("partnerships.add_operation", is_officer)
rules.add_perm("partnerships.edit_operation", is_of_today & ((is_officer & is_responsible) | is_manager))
rules.add_perm("partnerships.lower_operation_label", is_of_today & is_manager)
rules.add_perm("partnerships.add_to_operation", is_of_today & (is_officer | takes_part))
