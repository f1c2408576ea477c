"""How mature a team finds itself."""

from typing import Any

import rules

from accounts.rules import is_officer, is_programme_staff
from csirt_network.models import PeerReview
from csirt_network.rules.people import (
    is_liaison_of_its_state,
    is_member_of,
    is_of_network,
    is_representative_of,
    speaks_for_a_state,
)


@rules.predicate
def is_of_reviewer(user: Any, review: PeerReview | None) -> bool:
    return review is not None and is_member_of(user, review.reviewer)


@rules.predicate
def is_representative_of_reviewer(user: Any, review: PeerReview | None) -> bool:
    return review is not None and is_representative_of(user, review.reviewer)


rules.add_perm("csirt_network.view_maturity", is_member_of | is_liaison_of_its_state | is_programme_staff)
rules.add_perm("csirt_network.assess", is_member_of)
rules.add_perm("csirt_network.send_assessment", is_representative_of)
rules.add_perm("csirt_network.answer_review", is_representative_of_reviewer)
rules.add_perm("csirt_network.remark", is_of_reviewer)
rules.add_perm("csirt_network.view_network_maturity", is_of_network | speaks_for_a_state | is_programme_staff)
rules.add_perm("csirt_network.keep_profiles", is_officer)
