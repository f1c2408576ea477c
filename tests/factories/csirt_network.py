from datetime import UTC, date, datetime
from typing import Any

from django.utils.text import slugify

from accounts.models import User
from csirt_network.models import Contact, NetworkMembership, ProfileVersion, Team, TeamKey, TeamMember, TeamProfile
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


def make_profile(team: Team, *, texts: dict[str, dict[str, str]] | None = None, **facts: Any) -> TeamProfile:
    return TeamProfile.objects.create(team=team, state=team.state, texts=texts or {}, **facts)


def make_version(team: Team, by: User, number: int = 1, **facts: Any) -> ProfileVersion:
    return ProfileVersion.objects.create(team=team, state=team.state, number=number, made_by=by, **facts)


def make_contact(team: Team, role: str = "duty", **facts: Any) -> Contact:
    """With all that any role wants."""
    whole = {"name": "On Call", "phone": "+56 0 000 0000", "email": "csirt@example.org", "other": "Messenger"}
    return Contact.objects.create(team=team, state=team.state, role=role, **whole | {"is_24x7": role == "duty"} | facts)


def make_key(team: Team, by: User, *, fingerprint: str = "A" * 40, **facts: Any) -> TeamKey:
    """No real key: its text is never read again."""
    whole = {"algorithm": "Ed25519", "created": datetime(2025, 1, 1, tzinfo=UTC), "armoured": "-----BEGIN"}
    return TeamKey.objects.create(
        team=team, state=team.state, fingerprint=fingerprint, added_by=by, user_ids=["CSIRT"], **whole | facts
    )
