from datetime import UTC, date, datetime
from typing import Any

from django.utils.text import slugify

from accounts.models import User
from common.scope import PROGRAMME, Reach, scope
from csirt_network.actions.files import keep
from csirt_network.models import (
    Assessment,
    Contact,
    NetworkMembership,
    ParameterLevel,
    PeerReview,
    ProfileLevel,
    ProfileVersion,
    ProofFile,
    ReviewAnswer,
    Sim3Profile,
    Team,
    TeamKey,
    TeamMember,
    TeamProfile,
)
from member_states.models import MemberState
from tests.factories.accounts import make_person
from tests.factories.library import a_file

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
    whole = {
        "user_ids": ["CSIRT"],
        "algorithm": "Ed25519",
        "created": datetime(2025, 1, 1, tzinfo=UTC),
        "armoured": "-----BEGIN",
    }
    return TeamKey.objects.create(team=team, state=team.state, fingerprint=fingerprint, added_by=by, **whole | facts)


def make_assessment(
    team: Team,
    by: User,
    levels: dict[str, int | None],
    *,
    version: int = 1,
    sent_at: datetime | None = None,
    proof: str = "",
    **said: str,
) -> Assessment:
    """Written as the team itself, whoever's scope this is called in: nobody else may. `proof` names a file that proves
    the first level."""
    with scope(Reach(teams=(team.pk,), person=by.pk)):
        facts = {"team": team, "state_id": team.state_id, "version": version, "started_by": by}
        assessment = Assessment.objects.create(**facts)
        rows = [ParameterLevel(assessment=assessment, code=code, level=level, **said) for code, level in levels.items()]
        ParameterLevel.objects.bulk_create(rows)
        if proof:
            keep(ProofFile(assessment=assessment, code=next(iter(levels)), by=by), upload=a_file(proof))
        if sent_at:
            Assessment.objects.filter(pk=assessment.pk).update(sent_at=sent_at, sent_by=by)
            assessment.sent_at, assessment.sent_by = sent_at, by
    return assessment


def make_review(
    assessment: Assessment, reviewer: Team, by: User, *, accepts: bool | None = None, message: str = ""
) -> PeerReview:
    """Asked by the one team; answered by the other unless `accepts` is None."""
    with scope(Reach(teams=(assessment.team_id,), person=by.pk)):
        owner = {"team_id": assessment.team_id, "state_id": assessment.state_id}
        review = PeerReview.objects.create(
            assessment=assessment, reviewer=reviewer, asked_by=by, message=message, **owner
        )
    if accepts is not None:
        with scope(Reach(teams=(reviewer.pk,), person=by.pk)):
            ReviewAnswer.objects.create(review=review, is_accepted=accepts, by=by)
    return review


def make_sim3_profile(name: str, levels: dict[str, int], by: User) -> Sim3Profile:
    with scope(PROGRAMME):
        profile = Sim3Profile.objects.create(slug=slugify(name), name_en=name, source="For tests", made_by=by)
        ProfileLevel.objects.bulk_create(ProfileLevel(profile=profile, code=c, level=n) for c, n in levels.items())
    return profile
