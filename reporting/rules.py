"""Who may open what reads across the house."""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from common.scope import reach_of
from csirt_network.rules.people import is_of_network


@rules.predicate
def is_a_liaison(user: Any) -> bool:
    return bool(reach_of(user).states)


rules.add_perm("reporting.view_region", is_programme_staff)
rules.add_perm("reporting.view_reports", is_programme_staff)
rules.add_perm("reporting.view_own_reports", is_a_liaison | is_of_network)
rules.add_perm("reporting.make_run", is_officer)
rules.add_perm("reporting.retry_run", is_officer)
rules.add_perm("reporting.change_schedule", is_officer)
