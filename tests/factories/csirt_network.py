from datetime import date
from typing import Any

from django.utils.text import slugify

from accounts.models import User
from csirt_network.models import NetworkMembership, Team, TeamMember
from member_states.models import MemberState
from tests.factories.accounts import make_person

LONG_AGO = date(2020, 1, 1)


def make_team(
    name: str, state: MemberState, *, is_connected: bool = True, constituent_of: Team | None = None, **facts: Any
) -> Team:
    """A team, a member of the network unless said otherwise. Needs the programme's scope."""
    facts = {"slug": slugify(name), "kind": "national", **facts}
    team = Team.objects.create(name=name, state=state, **facts)
    if is_connected:
        NetworkMembership.objects.create(team=team, state=state, constituent_of=constituent_of, starts_on=LONG_AGO)
    return team


def make_member(name: str, team: Team, kind: str = "representative", **facts: Any) -> User:
    person = make_person(name, **facts)
    TeamMember.objects.create(team=team, person=person, kind=kind, starts_on=LONG_AGO)
    return person
