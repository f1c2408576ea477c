"""Rows of country plans in the invented worlds: offered or not, open or not, with steps that a state is told or not."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from action_plan.models import CountryPlan, LineNeed, PlanLine, PlanMove, PlanVersion
from capability.models import ThreatClass
from common.days import today
from tests.factories.capability import four

MODELS = {CountryPlan, LineNeed, PlanLine, PlanMove, PlanVersion}


def populate(pairs: list[Any], by: Any) -> None:
    threat = ThreatClass.objects.first() or ThreatClass.objects.create(
        code="invented", position=99, **four("name", "Invented"), **four("help", "Invented")
    )
    for state, life in pairs:
        _plan(state, life, by, threat)


def _plan(state: Any, life: Any, by: Any, threat: Any) -> None:
    is_open = life.is_sent and life.is_accepted
    offered = {"first_offered_at": timezone.now() if life.is_sent else None, "is_open": is_open}
    day = today()
    plan = CountryPlan.objects.create(state=state, owner=by, starts_on=day, ends_on=day + timedelta(days=9), **offered)
    line = PlanLine.objects.create(plan=plan, state=state, point=2, is_open=is_open)
    LineNeed.objects.create(line=line, state=state, is_open=is_open, kind="threat", threat=threat, level="high")
    version = PlanVersion.objects.create(plan=plan, state=state, number=1, text={}, offered_by=by)
    statuses = {"status_before": "draft", "status_after": "draft", "by": by, "name": by.name}
    for verb in ("draft", "offer", "amend"):
        PlanMove.objects.create(
            plan=plan, state=state, verb=verb, version=version if verb == "offer" else None, **statuses
        )
