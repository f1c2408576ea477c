"""Claims are asked for by a team's representatives and decided by officers who are not of that team."""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from csirt_network.rules.people import is_member_of, is_of_network, is_representative_of
from exchange.models import AssetClaim, EarlyWarning


@rules.predicate
def represents_claimant(user: Any, claim: AssetClaim | None) -> bool:
    return claim is not None and is_representative_of(user, claim.team)


@rules.predicate
def asked_for_it(user: Any, claim: AssetClaim | None) -> bool:
    return claim is not None and claim.asked_by_id == user.pk


@rules.predicate
def is_of_claimant(user: Any, claim: AssetClaim | None) -> bool:
    return claim is not None and is_member_of(user, claim.team)


@rules.predicate
def is_of_warned(user: Any, warning: EarlyWarning | None) -> bool:
    return warning is not None and is_member_of(user, warning.team)


signed_in = rules.is_authenticated
rules.add_perm("exchange.view_claims", signed_in & (is_of_network | is_programme_staff))
rules.add_perm("exchange.decide_claims", signed_in & is_officer)
rules.add_perm("exchange.decide_claim", signed_in & is_officer & ~asked_for_it & ~is_of_claimant)
rules.add_perm("exchange.end_claim", signed_in & (represents_claimant | is_officer))
rules.add_perm("exchange.view_warnings", signed_in & is_of_network)
rules.add_perm("exchange.handle_warning", signed_in & is_of_warned)
