"""Deployments of CSIRTs in the trial: one that is half way, one that shows a team at work. All invented."""

from action_plan.actions.deployments import record, start
from action_plan.actions.instruments import link
from action_plan.models import Instrument
from common.scope import Reach, scope
from member_states.models import MemberState
from oas_cyber.sample.clock import at, days_ago
from oas_cyber.sample.people import Cast

# state: (milestone, reached, proof)
REACHED = {
    "barbados": (
        ("mandate", "2025-09", "Cabinet paper on the national team (sample)."),
        ("host", "2025-11", "Ministry of Innovation (sample)."),
        ("staffing", "2026-04", "Four analysts, one head (sample)."),
    ),
    "haiti": (
        ("mandate", "2024-05", "Arrêté du conseil (exemple)."),
        ("host", "2024-06", "Conseil national (exemple)."),
        ("staffing", "2025-02", "Trois personnes (exemple)."),
        ("services", "2025-10", "Réponse aux incidents et alertes (exemple)."),
        ("operational", "2026-02", "Le centre répond depuis février (exemple)."),
    ),
}


def make_deployments(cast: Cast) -> None:
    manager = cast.manager
    states = {state.slug: state for state in MemberState.objects.all()}
    for slug, milestones in REACHED.items():
        with at(days_ago(20)), scope(Reach(staff=True, person=manager.pk)):
            deployment = start(state=states[slug], activity=None, team=None, by=manager)
            for step, reached, proof in milestones:
                record(deployment=deployment, step=step, reached=reached, evidence=proof, link="", by=manager)
            for instrument in Instrument.objects.filter(slug="2004-strategy"):
                link(instrument=instrument, point=None, activity=deployment.activity, by=manager)
