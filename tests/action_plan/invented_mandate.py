"""Deployments, presentations and links of instruments in the invented worlds: one for each state's activity."""

from typing import Any

from action_plan.models import Deployment, Instrument, InstrumentActivity, Milestone, Presentation

MODELS = {Deployment, InstrumentActivity, Milestone, Presentation}


def populate(activities: list[Any], pairs: list[Any], by: Any) -> None:
    instrument = Instrument.objects.create(slug="x", kind="strategy", name_en="x", adopted="2004")
    for activity, (state, _) in zip(activities, pairs, strict=True):
        InstrumentActivity.objects.create(instrument=instrument, activity=activity)
        Presentation.objects.create(activity=activity, state=state)
        deployment = Deployment.objects.create(activity=activity, state=state, started_by=by)
        proof = {"step": "host", "reached": "2026", "evidence": "x", "by": by}
        Milestone.objects.create(deployment=deployment, state=state, **proof)
