"""The roster and needs for expertise in the invented worlds."""

from typing import Any

from action_plan.models import (
    Expert,
    ExpertCountry,
    Expertise,
    ExpertiseEvaluation,
    ExpertiseNeed,
    ExpertSkill,
    Placement,
)
from capability.models import Factor
from common.days import today
from common.scope import Reach, scope

MODELS = {Expert, ExpertCountry, ExpertSkill, Expertise, ExpertiseEvaluation, ExpertiseNeed, Placement}


def populate(activities: list[Any], pairs: list[Any], by: Any) -> None:
    """Evaluations carry who wrote them, and are written in the own scope alone."""
    factor = Factor.objects.first()
    for activity, (state, _life) in zip(activities, pairs, strict=True):
        expert = Expert.objects.create(name="x", email=f"{state.slug}-{activity.pk}@example.org", made_by=by)
        ExpertSkill.objects.create(expert=expert, factor=factor, level=1)
        ExpertCountry.objects.create(expert=expert, country=state)
        expertise = Expertise.objects.create(activity=activity, state=state, made_by=by)
        of = {"expertise": expertise, "state": state}
        ExpertiseNeed.objects.create(factor=factor, **of)
        days = {"starts_on": today(), "ends_on": today()}
        Placement.objects.create(expertise=expertise, expert=expert, by=by, **days)
        with scope(Reach(staff=True, person=by.pk)):
            ExpertiseEvaluation.objects.create(score=3, by=by, **of)
