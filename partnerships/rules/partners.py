"""Partners are kept by officers; their contacts' names are read by staff and by the contacts themselves."""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from common.scope import reach_of
from partnerships.models import Partner


@rules.predicate
def speaks_for(user: Any, partner: Partner | None) -> bool:
    return partner is not None and partner.pk in reach_of(user).partners


@rules.predicate
def is_partner_contact(user: Any) -> bool:
    return bool(reach_of(user).partners)


rules.add_perm("partnerships.keep_partners", is_officer)
rules.add_perm("partnerships.view_contacts", is_programme_staff | speaks_for)
rules.add_perm("partnerships.view_own_partnership", is_partner_contact)
