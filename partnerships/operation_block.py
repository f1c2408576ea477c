"""Joint operations on the page of the agreement that they are under."""

from typing import Any

from rules.permissions import has_perm

from partnerships.blocks import block
from partnerships.models import Agreement
from partnerships.operation_page import OfAgreement, operations_of


@block("partnerships/of_operations.html", order=50)
def operations_on(agreement: Agreement, user: Any) -> dict[str, Any] | None:
    """None where there is nothing that `user` may read, nor may begin."""
    found: OfAgreement = operations_of(agreement, user)
    may_add = user.is_authenticated and has_perm("partnerships.add_operation", user)
    if not (found.rows or found.examples or may_add):
        return None
    return {"operations": found, "may_add": may_add}
