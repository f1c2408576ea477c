"""Who acts for a team and in the network, as permissions."""

from typing import Any

import rules

from common.scope import reach_of
from csirt_network.models import Team, TeamMember


@rules.predicate
def is_of_network(user: Any) -> bool:
    """One of a team that is a member of the network today."""
    return reach_of(user).community


@rules.predicate
def is_member_of(user: Any, team: Team | None) -> bool:
    return team is not None and team.pk in reach_of(user).teams


@rules.predicate
def is_representative_of(user: Any, team: Team | None) -> bool:
    """Acts for the team: only representatives do, and only of a team that is a member of the network."""
    return is_member_of(user, team) and (
        TeamMember.objects.current().filter(person=user, team=team, kind="representative").exists()
    )
