"""Who is of the network, of a team, and who acts for one."""

from typing import Any

import rules

from common.scope import reach_of
from csirt_network.models import Team, TeamMember
from member_states.rules import is_liaison_of


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


@rules.predicate
def is_representative(user: Any) -> bool:
    """Of some team that is a member of the network."""
    return represented_by(user).exists()


def represented_by(user: Any) -> Any:
    """The teams that `user` acts for today."""
    acting = TeamMember.objects.current().filter(person=reach_of(user).person, kind="representative")
    return Team.objects.own(user).filter(pk__in=acting.values("team")).order_by("name", "pk")


@rules.predicate
def is_liaison_of_its_state(user: Any, team: Team | None) -> bool:
    return team is not None and is_liaison_of(user, team.state)


@rules.predicate
def speaks_for_a_state(user: Any) -> bool:
    return bool(reach_of(user).states)
