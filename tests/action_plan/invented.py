"""Rows of the action plan in the invented worlds of tests/house/test_wall_differential.py: each state has one of each.

`MODELS` are the tables whose rows are made here; others of the app get a plain row.
"""

import itertools
from typing import Any

from action_plan.models import Activity, ActivityState, ParticipantCount
from tests.action_plan import invented_activities as of_activities
from tests.action_plan import invented_awareness as of_awareness
from tests.action_plan import invented_exercises as of_exercises
from tests.action_plan import invented_experts as of_experts
from tests.action_plan import invented_mandate as of_mandate
from tests.action_plan import invented_missions as of_missions
from tests.action_plan import invented_plans as of_plans
from tests.action_plan import invented_requests as of_requests
from tests.action_plan import invented_training as of_training

MODELS = {Activity, ActivityState, ParticipantCount}
MODELS |= of_activities.MODELS | of_awareness.MODELS | of_mandate.MODELS | of_missions.MODELS | of_plans.MODELS
MODELS |= of_exercises.MODELS | of_experts.MODELS | of_requests.MODELS | of_training.MODELS
NUMBERS = itertools.count()


def populate(pairs: list[Any], by: Any) -> None:
    """`pairs` are states with what their rows are like; as the programme."""
    of_plans.populate(pairs, by)
    activities = [_activity(life) for _, life in pairs]
    Activity.objects.bulk_create(activities)
    for activity, (state, _) in zip(activities, pairs, strict=True):
        ActivityState.objects.create(activity=activity, state=state, audience=activity.audience)
        ParticipantCount.objects.create(activity=activity, state=state, women=1)
    of_awareness.populate(activities, pairs, by)
    of_activities.populate(activities, by)
    of_training.populate(activities, pairs, by)
    of_requests.populate(pairs, by)
    of_mandate.populate(activities, pairs, by)
    of_missions.populate(activities, pairs, by)
    of_experts.populate(activities, pairs, by)
    of_exercises.populate(activities, pairs, by)


def _activity(life: Any) -> Activity:
    return Activity(slug=f"invented-{next(NUMBERS)}", kind="course", audience=life.activity_audience)
