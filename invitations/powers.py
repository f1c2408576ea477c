"""Who gives which role, and who ends which: two tables and the functions that read them. Nobody acts upwards."""

from typing import Any

from accounts.models import StaffRole
from accounts.standing import RANKS, outranks, rank
from csirt_network.models import Team, TeamMember
from csirt_network.rules.people import is_representative_of
from invitations.models import APPLICANT, PARTNER_CONTACT
from member_states.models import Liaison, MemberState
from member_states.rules import is_lead_of, is_liaison_of
from partnerships.models import Partner, PartnerContact

STAFF_ROLES = frozenset(StaffRole.Role.values)
LIAISONS = frozenset(Liaison.Kind.values)
OF_A_STATE = LIAISONS | {APPLICANT}
TEAM_PEOPLE = frozenset(TeamMember.Kind.values)
OF_A_PARTNER = frozenset({PARTNER_CONTACT})

# Administrators keep people and bring nobody into the programme: they give their own role alone.
GIVES: dict[str, frozenset[str]] = {
    "administrator": frozenset({"administrator"}),
    "manager": frozenset(
        {
            "manager",
            "officer",
            "observer",
            "lead",
            "deputy",
            "contact point",
            "representative",
            APPLICANT,
            PARTNER_CONTACT,
        }
    ),
    "officer": frozenset({"lead", "deputy", "representative", APPLICANT, PARTNER_CONTACT}),
    "observer": frozenset(),
}
LEADS_GIVE = frozenset({"deputy"})  # and of their own state alone
LIAISONS_GIVE = frozenset({APPLICANT})  # likewise
REPRESENTATIVES_GIVE = TEAM_PEOPLE  # and of their own team alone
REPRESENTATIVES_END = frozenset({"analyst"})
KEEPERS = frozenset({"manager", "administrator"})


def gives(by: Any, state: MemberState | None = None, team: Team | None = None) -> frozenset[str]:
    """The roles that `by` may give, in `state` or `team` where one is named."""
    given = frozenset().union(*(GIVES[role] for role in by.staff_roles)) if by.is_active else frozenset()
    if state is not None and is_liaison_of(by, state):
        given |= LIAISONS_GIVE | (LEADS_GIVE if is_lead_of(by, state) else frozenset())
    return given | REPRESENTATIVES_GIVE if team is not None and is_representative_of(by, team) else given


def may_give(
    by: Any, role: str, state: MemberState | None, team: Team | None = None, partner: Partner | None = None
) -> bool:
    """Liaisons and those who apply are of a state, representatives and analysts of a team, contacts of a partner, and
    nobody else is."""
    of = ((OF_A_STATE, state), (TEAM_PEOPLE, team), (OF_A_PARTNER, partner))
    return all((role in roles) == (one is not None) for roles, one in of) and role in gives(by, state, team)


def may_end(by: Any, held: StaffRole | Liaison | TeamMember | PartnerContact) -> bool:
    """One's own, or that of somebody below; a lead ends deputies of the own state, and a representative analysts of
    the own team, who hold nothing else here."""
    if held.person_id == by.pk:
        return True
    if isinstance(held, StaffRole):
        return bool(by.staff_roles & KEEPERS) and outranks(by, held.person)
    if isinstance(held, PartnerContact):
        return outranks(by, held.person) and (not gives(by).isdisjoint(OF_A_PARTNER) or bool(by.staff_roles & KEEPERS))
    if outranks(by, held.person):
        if isinstance(held, TeamMember):
            return not gives(by).isdisjoint(TEAM_PEOPLE) or bool(by.staff_roles & KEEPERS)
        return held.kind in gives(by) or bool(by.staff_roles & KEEPERS)
    if isinstance(held, TeamMember):
        return held.kind in REPRESENTATIVES_END and rank(held.person) == 0 and is_representative_of(by, held.team)
    return held.kind in LEADS_GIVE and rank(held.person) == 0 and is_lead_of(by, held.state)


def may_change(by: Any, held: StaffRole, role: str) -> bool:
    """Raising gives the new role; lowering needs no more than standing above, or its being the own."""
    if role == held.role or role not in STAFF_ROLES:
        return False
    lowers = RANKS[role] < RANKS[held.role]
    if held.person_id == by.pk:
        return lowers and not by.staff_roles.isdisjoint({held.role})
    return may_end(by, held) and (lowers or role in gives(by))
