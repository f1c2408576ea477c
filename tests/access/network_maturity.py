"""SIM3 in the world: of each national team an assessment that is sent and a draft; of Chile's one that the team of the
banks reviews, and a request for review that Jamaica's team has not answered yet."""

from datetime import UTC, datetime
from typing import Any

from common.scope import PROGRAMME, Reach, scope
from csirt_network.models import Assessment, PeerRemark, PeerReview, Team
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.csirt_network import make_assessment, make_review, make_sim3_profile

KINDS = ("maturity", "assessment", "review", "profile")
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
    return made


def words(state: str, kind: str) -> dict[str, str]:
    link = f"https://www.example.org/{canary(state, kind, 'proof-link')}"
    return {"evidence": canary(state, kind, "proof"), "note": canary(state, kind, "level-note"), "link": link}


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
        found["version"] = world.maturity[which].version
    elif kind == "review":
        found["pk"] = world.maturity[which].pk
    return found
