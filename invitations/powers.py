"""Who gives which role, and who ends which: two tables and the functions that read them. Nobody acts upwards."""

from typing import Any

from accounts.models import StaffRole
from accounts.standing import RANKS, outranks, rank
from invitations.models import APPLICANT
from member_states.models import Liaison, MemberState
from member_states.rules import is_lead_of, is_liaison_of

STAFF_ROLES = frozenset(StaffRole.Role.values)
LIAISONS = frozenset(Liaison.Kind.values)
OF_A_STATE = LIAISONS | {APPLICANT}

# Administrators keep people and bring nobody into the programme: they give their own role alone.
GIVES: dict[str, frozenset[str]] = {
    "administrator": frozenset({"administrator"}),
    "manager": frozenset({"manager", "officer", "observer", "lead", "deputy", "contact point", APPLICANT}),
    "officer": frozenset({"lead", "deputy", APPLICANT}),
    "observer": frozenset(),
}
LEADS_GIVE = frozenset({"deputy"})  # and of their own state alone
LIAISONS_GIVE = frozenset({APPLICANT})  # likewise
KEEPERS = frozenset({"manager", "administrator"})


def gives(by: Any, state: MemberState | None = None) -> frozenset[str]:
    """The roles that `by` may give, in `state` where one is named."""
    given = frozenset().union(*(GIVES[role] for role in by.staff_roles)) if by.is_active else frozenset()
    if state is None or not is_liaison_of(by, state):
        return given
    return given | LIAISONS_GIVE | (LEADS_GIVE if is_lead_of(by, state) else frozenset())


def may_give(by: Any, role: str, state: MemberState | None) -> bool:
    """Liaisons and those who apply are of a state, and nobody else is."""
    return (role in OF_A_STATE) == (state is not None) and role in gives(by, state)


def may_end(by: Any, held: StaffRole | Liaison) -> bool:
    """One's own, or that of somebody below; a lead ends deputies of the own state who hold nothing else here."""
    if held.person_id == by.pk:
        return True
    if isinstance(held, StaffRole):
        return bool(by.staff_roles & KEEPERS) and outranks(by, held.person)
    if outranks(by, held.person):
        return held.kind in gives(by) or bool(by.staff_roles & KEEPERS)
    return held.kind in LEADS_GIVE and rank(held.person) == 0 and is_lead_of(by, held.state)


def may_change(by: Any, held: StaffRole, role: str) -> bool:
    """Raising gives the new role; lowering needs no more than standing above, or its being the own."""
    if role == held.role or role not in STAFF_ROLES:
        return False
    lowers = RANKS[role] < RANKS[held.role]
    if held.person_id == by.pk:
        return lowers and not by.staff_roles.isdisjoint({held.role})
    return may_end(by, held) and (lowers or role in gives(by))
