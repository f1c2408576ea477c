"""Instruments, and the deployment of each state's CSIRT with a milestone and what proves it."""

from typing import Any

from action_plan.models import (
    Deployment,
    Instrument,
    InstrumentActivity,
    InstrumentPoint,
    Milestone,
    Presentation,
)
from common.scope import PROGRAMME, scope
from csirt_network.models import Team
from member_states.models import MemberState
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.action_plan import make_activity

TEAMS = {"chile": (CHILE, "csirt-chile"), "jamaica": (JAMAICA, "cirt-jamaica")}


def make_mandate(world: Any) -> Instrument:
    with scope(PROGRAMME):
        instrument = Instrument.objects.create(
            slug="a-declaration", kind="declaration", adopted="2012", name_en="A declaration"
        )
        InstrumentPoint.objects.create(instrument=instrument, point=3)
        for slug, (code, team) in TEAMS.items():
            _of_state(world, instrument, slug, code, Team.objects.get(slug=team))
    return instrument


def _of_state(world: Any, instrument: Instrument, slug: str, code: str, team: Team) -> None:
    state = MemberState.objects.get(slug=slug)
    title, words = canary(code, "SENT", "deployment"), canary(code, "SENT", "milestone")
    activity = make_activity(title, state, kind="deployment", point=3, slug=f"deployment-{slug}")
    InstrumentActivity.objects.create(instrument=instrument, activity=activity)
    Presentation.objects.create(activity=activity, state=state, subject_en=canary(code, "SENT", "presentation"))
    by = world.people["officer"]
    deployment = Deployment.objects.create(activity=activity, state=state, team=team, started_by=by)
    facts = {"step": "mandate", "reached": "2026-05", "evidence": words, "by": by}
    Milestone.objects.create(deployment=deployment, state=state, **facts)


def arguments(world: Any, kind: str) -> dict[str, Any]:
    return {"slug": world.instrument.slug} if kind == "instrument" else {"step": "host"}


PAYLOADS = {
    "instruments/<slug:slug>/link/": lambda _: {"point": "4", "activity": ""},
    "instruments/<slug:slug>/unlink/": lambda _: {"point": "3", "activity": ""},
    "states/<slug:slug>/deployment/start/": lambda _: {"activity": "", "team": ""},
    "states/<slug:slug>/deployment/team/": lambda _: {"team": ""},
    "states/<slug:slug>/deployment/<slug:step>/": lambda _: {"reached": "2026-06", "evidence": "A decree", "link": ""},
}
