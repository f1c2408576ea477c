"""Officers write to states, and record what they answer; never for the own state. Liaisons bring the reply."""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from common.scope import reach_of


@rules.predicate
def is_of_a_state(user: Any) -> bool:
    return bool(reach_of(user).states)


@rules.predicate
def is_of_its_state(user: Any, thing: Any) -> bool:
    """`thing` is whatever belongs to a state."""
    return thing is not None and thing.state_id in reach_of(user).states


@rules.predicate
def speaks_for_its_state(user: Any, thing: Any) -> bool:
    return thing is not None and thing.state_id in reach_of(user).spoken_for


signed_in = rules.is_authenticated
rules.add_perm("correspondence.view_notes", signed_in & (is_programme_staff | is_of_a_state))
rules.add_perm("correspondence.write_notes", signed_in & is_officer)
rules.add_perm("correspondence.handle_note", signed_in & is_officer & ~is_of_its_state)
rules.add_perm("correspondence.bring_reply", signed_in & (is_officer | speaks_for_its_state))
rules.add_perm("correspondence.view_scans", signed_in & is_programme_staff)
rules.add_perm("correspondence.match_scans", signed_in & is_officer)
rules.add_perm("correspondence.view_contact_list", signed_in & is_programme_staff)
rules.add_perm("correspondence.keep_contacts", signed_in & is_officer & ~is_of_its_state)
