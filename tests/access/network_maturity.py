"""SIM3 and the network's bulletin in the world.

Of each national team an assessment that is sent and a draft; of Chile's one that the team of the banks reviews, and a
request for review that Jamaica's team has not answered yet. The bulletin is made in earnest.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from common.scope import PROGRAMME, Reach, scope
from common.tlp import Tlp
from csirt_network.actions.audiences import make_audience, settle
from csirt_network.models import Alert, Assessment, PeerRemark, PeerReview, Recipient, Team
from notices.work import work
from reporting.models import Run
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.csirt_network import make_assessment, make_review, make_sim3_profile

KINDS = ("maturity", "assessment", "proof", "review", "profile", "bulletin")
SENT = datetime(2026, 5, 4, 12, tzinfo=UTC)
LEVELS = {"O-1": 2, "H-1": None, "T-4": 3, "P-1": 1}


def make_maturity(world: Any) -> dict[str, Any]:
    with scope(PROGRAMME):
        teams = {team.slug: team for team in Team.objects.all()}
    chile, jamaica, banks = teams["csirt-chile"], teams["cirt-jamaica"], teams["csirt-banks"]
    team, foreign = world.people["team"], world.people["foreign"]
    made = {
        "sent": make_assessment(chile, team, LEVELS, sent_at=SENT, **words(CHILE, "MATURITY")),
        "reviewed": make_assessment(chile, team, LEVELS, version=2, sent_at=SENT, **words(CHILE, "REVIEWED")),
        "draft": make_assessment(chile, team, LEVELS, version=3, **words(CHILE, "TEAM")),
    }
    make_assessment(jamaica, foreign, LEVELS, sent_at=SENT, **words(JAMAICA, "MATURITY"))
    make_assessment(jamaica, foreign, LEVELS, version=2, **words(JAMAICA, "TEAM"))
    made["open"] = _reviewed(made["reviewed"], banks, world)
    made["asked"] = make_review(made["sent"], jamaica, team)
    make_sim3_profile("Basic", {"O-1": 3}, world.people["officer"])
    made["bulletin"] = _bulletin(world, chile)
    return made


def _bulletin(world: Any, chile: Team) -> Run:
    """Made in earnest, of a month in which one alert went to the community and another to one team alone."""
    officer, team = world.people["officer"], world.people["team"]
    last_month = timezone.now().replace(day=1) - timedelta(days=3)
    with scope(Reach(staff=True, person=officer.pk)):
        _published(None, officer, Tlp.GREEN, canary(CHILE, "COMMUNITY", "last-month"), last_month, number=901)
    with scope(Reach(teams=(chile.pk,), person=team.pk)):
        _published(chile, team, Tlp.STRICT, canary(CHILE, "TEAM", "last-month"), last_month, number=902)
    with scope(PROGRAMME):
        facts = {"kind": "network bulletin", "asked_by": officer, "languages": ["en"]}
        run = Run.objects.create(slot=timezone.now(), **facts)
    work(Run, run.pk)
    return run


def _published(origin: Team | None, by: Any, tlp: str, title: str, at: datetime, number: int) -> Alert:
    chosen = Recipient(kind="team", team=origin) if origin else Recipient(kind="network")
    audience = make_audience(origin=origin, chosen=[chosen], by=by)
    settle(audience, tlp=tlp, author=by)
    facts = {"kind": "warning", "from_team": origin, "with_programme": origin is None, "title_en": title}
    out = {"year": at.year, "number": number, "published_at": at, "version": 1}
    return Alert.objects.create(tlp=tlp, audience=audience, author=by, **facts, **out)


def words(state: str, kind: str) -> dict[str, str]:
    link = f"https://www.example.org/{canary(state, kind, 'proof-link')}"
    said = {"evidence": canary(state, kind, "proof"), "note": canary(state, kind, "level-note"), "link": link}
    return said | {"proof": f"{canary(state, kind, 'proof-file')}pdf"}


def _reviewed(assessment: Assessment, reviewer: Team, world: Any) -> PeerReview:
    message = canary(CHILE, "REVIEWED", "message")
    review = make_review(assessment, reviewer, world.people["team"], accepts=True, message=message)
    with scope(Reach(teams=(reviewer.pk,), person=world.people["sector"].pk)):
        PeerRemark.objects.create(review=review, code="O-1", level=1, remark=canary(CHILE, "REVIEWED", "remark"))
    return review


def maturity_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    if kind == "profile":
        return {"slug": "basic"}
    found = {"slug": "csirt-chile", "quadrant": "human"}
    if kind == "assessment":
        found |= {"version": world.maturity[which].version, "pk": world.maturity[which].pk}
    elif kind == "proof":
        with scope(Reach(teams=(world.maturity[which].team_id,))):
            found["token"] = world.maturity[which].proofs.get().token
    elif kind in ("review", "bulletin"):
        found["pk"] = world.maturity[which or kind].pk
    return found
