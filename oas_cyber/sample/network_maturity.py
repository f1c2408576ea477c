"""How mature the teams of the trial find themselves, all invented, and a bulletin every month."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.scope import Reach, scope
from csirt_network.actions.maturity import save_profile
from csirt_network.models import Assessment, ParameterLevel, PeerRemark, PeerReview, ReviewAnswer, Sim3Profile, Team
from csirt_network.sim3 import HIGHEST, PARAMETERS
from oas_cyber.sample.network_directory import Teams
from oas_cyber.sample.people import Cast
from reporting.models import Kind, Schedule

SHOWN = 9  # more than five, so that regional figures are not withheld
YEAR, LAST_SPRING = timedelta(days=500), timedelta(days=210)
NOTE = "Invented for the trial."


def make_maturity(cast: Cast, teams: Teams) -> None:
    now = timezone.now()
    able = [team for slug, team in sorted(teams.members.items()) if teams.people.get(slug)][:SHOWN]
    for number, team in enumerate(able):
        by = teams.people[team.slug][0]
        if number % 2 == 0:
            _assess(team, by, number, version=1, sent_at=now - YEAR)
        _assess(team, by, number + 2, version=2 - number % 2, sent_at=now - LAST_SPRING)
    _more(able, teams)
    _profile(cast)
    _bulletin(cast)


def _assess(team: Team, by: User, seed: int, *, version: int, sent_at: datetime | None) -> Assessment:
    with scope(Reach(teams=(team.pk,), person=by.pk)):
        facts = {"team": team, "state_id": team.state_id, "version": version, "started_by": by}
        assessment = Assessment.objects.create(**facts)
        rows = [
            ParameterLevel(assessment=assessment, code=code, level=_level(seed, place), **_said(place))
            for place, code in enumerate(PARAMETERS)
        ]
        ParameterLevel.objects.bulk_create(rows)
        Assessment.objects.filter(pk=assessment.pk).update(sent_at=sent_at, sent_by=by if sent_at else None)
    return assessment


def _level(seed: int, place: int) -> int | None:
    """Steady, and different from team to team; a few stay open."""
    return None if (seed * 7 + place) % 17 == 0 else min(HIGHEST, (seed + place * 3) % 4 + seed // 4)


def _said(place: int) -> dict[str, str]:
    return {"evidence": NOTE, "link": "https://www.example.org/"} if place % 6 == 0 else {}


def _more(able: list[Team], teams: Teams) -> None:
    """The first team writes its next one, and another reviews the one before."""
    if len(able) < 2:
        return
    team, reviewer = able[0], able[1]
    by, other = teams.people[team.slug][0], teams.people[reviewer.slug][0]
    _assess(team, by, 5, version=3, sent_at=None)
    with scope(Reach(teams=(team.pk,), person=by.pk)):
        sent = Assessment.objects.get(team=team, version=2)
        facts = {"assessment": sent, "team": team, "state_id": team.state_id, "message": NOTE}
        review = PeerReview.objects.create(reviewer=reviewer, asked_by=by, **facts)
    with scope(Reach(teams=(reviewer.pk,), person=other.pk)):
        ReviewAnswer.objects.create(review=review, is_accepted=True, by=other)
        PeerRemark.objects.create(review=review, code="O-1", level=2, remark=NOTE)


def _profile(cast: Cast) -> None:
    """No published baseline: its levels are not public."""
    names = {"name_en": "Sample profile", "name_es": "Perfil de muestra", "name_fr": "Profil d’exemple"}
    profile = Sim3Profile(slug="sample-profile", name_pt_br="Perfil de amostra", source=NOTE, **names)
    levels = {code: 2 for code in PARAMETERS if code.startswith(("O", "P"))} | {"T-4": 3, "H-2": 2}
    save_profile(profile=profile, levels=levels, by=cast.officer(0))


def _bulletin(cast: Cast) -> None:
    facts: dict[str, Any] = {"kind": Kind.NETWORK_BULLETIN, "to_liaisons": False, "to_representatives": True}
    schedule = Schedule.objects.create(
        languages=["en", "es", "fr", "pt-br"],
        every="month",
        day=1,
        at=time(8),
        time_zone="America/New_York",
        made_by=cast.manager,
        **facts,
    )
    schedule.recipients.set([cast.manager])
