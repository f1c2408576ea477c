"""Who sees people and who acts on them, as permissions; what stands behind them is in powers.py."""

from typing import Any

import rules

from accounts.rules import is_administrator, is_below, is_manager, is_officer
from csirt_network.rules.people import is_member_of, is_representative_of
from invitations import powers
from invitations.models import PARTNER_CONTACT, Invitation
from member_states.rules import is_lead_of, is_liaison_of


@rules.predicate
def may_give_it(user: Any, invitation: Invitation | None) -> bool:
    if invitation is None:
        return False
    return powers.may_give(user, invitation.role, invitation.state, invitation.team, invitation.partner)


@rules.predicate
def gives_contacts(user: Any) -> bool:
    return PARTNER_CONTACT in powers.gives(user)


@rules.predicate
def invites_at_all(user: Any) -> bool:
    return bool(powers.gives(user))


@rules.predicate
def may_end_it(user: Any, held: Any) -> bool:
    return held is not None and powers.may_end(user, held)


rules.add_perm("invitations.see_people", is_officer | is_administrator)
rules.add_perm("invitations.see_colleagues", is_liaison_of)
rules.add_perm("invitations.invite", invites_at_all)
rules.add_perm("invitations.invite_contact", gives_contacts)
rules.add_perm("invitations.see_team_people", is_member_of | is_officer)
rules.add_perm("invitations.invite_to_team", is_representative_of)
rules.add_perm("invitations.invite_deputy", is_lead_of)
rules.add_perm("invitations.keep_invitation", may_give_it)
rules.add_perm("invitations.end_membership", may_end_it)
rules.add_perm("invitations.close_account", (is_manager | is_administrator) & is_below)
rules.add_perm("invitations.change_address", is_administrator & is_below)
