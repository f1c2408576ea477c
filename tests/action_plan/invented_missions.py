"""Missions in the invented worlds: released or not as what is released of the state, with what was said of them."""

from typing import Any

from django.utils import timezone

from action_plan.models import (
    Findings,
    Mission,
    MissionMember,
    Recommendation,
    RecommendationChange,
    RecommendationReport,
)
from common.days import today

MODELS = {Findings, Mission, MissionMember, Recommendation, RecommendationChange, RecommendationReport}


def populate(activities: list[Any], pairs: list[Any], by: Any) -> None:
    for activity, (state, life) in zip(activities, pairs, strict=True):
        is_out = {"is_released": life.is_released}
        out = {"released_by": by, "released_at": timezone.now()} if life.is_released else {}
        mission = Mission.objects.create(activity=activity, state=state, made_by=by, **is_out, **out)
        of = {"mission": mission, "state": state}
        MissionMember.objects.create(name="x", **of)
        Findings.objects.create(text="x", **is_out, **of)
        advice = Recommendation.objects.create(number=1, text="x", institution="x", due_on=today(), **is_out, **of)
        said = {"recommendation": advice, "state": state, "by": by}
        RecommendationReport.objects.create(status="under way", **said)
        RecommendationChange.objects.create(column="text", **said)
