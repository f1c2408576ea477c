"""Exercises of the activities of the invented worlds, each with a team of its state that plays.

Whether a team may read is asked in test_exercise_walls.py, where the readers have teams.
"""

import itertools
import uuid
from typing import Any

from django.utils import timezone

from action_plan.models import (
    AfterAction,
    Exercise,
    ExerciseMove,
    ExerciseObserver,
    ExerciseTeam,
    Expectation,
    HotWash,
    Inject,
    InjectNotice,
    Response,
    Score,
)
from csirt_network.models import Team

MODELS = {
    AfterAction, Exercise, ExerciseMove, ExerciseObserver, ExerciseTeam, Expectation, HotWash, Inject, InjectNotice,
    Response, Score,
}  # fmt: skip
NUMBERS = itertools.count()


def populate(activities: list[Any], pairs: list[Any], by: Any) -> None:
    for activity, (state, life) in zip(activities, pairs, strict=True):
        exercise = Exercise.objects.create(activity=activity, **_stands(life, by))
        team = Team.objects.create(state=state, slug=f"plays-{next(NUMBERS)}", name="x")
        player = ExerciseTeam.objects.create(exercise=exercise, team=team, state=state)
        ExerciseObserver.objects.create(exercise=exercise, person=by)
        ExerciseMove.objects.create(exercise=exercise, status_before="x", status_after="x", second=0, by=by)
        due = {} if life.is_sent else {"due_minute": 0}
        inject = Inject.objects.create(exercise=exercise, number=1, title="x", text="x", **due)
        of = {"exercise": exercise, "inject": inject}
        Expectation.objects.create(text="x", **of)
        Response.objects.create(player=player, key=uuid.uuid4(), text="x", second=0, by=by, **of)
        Score.objects.create(player=player, level=0, by=by, **of)
        InjectNotice.objects.create(player=player, **of)
        HotWash.objects.create(exercise=exercise, player=player if life.is_accepted else None, by=by)
        AfterAction.objects.create(exercise=exercise, summary="x")
        if life.is_released:
            released = {"status": "reported", "is_released": True, "released_at": timezone.now()}
            Exercise.objects.filter(pk=exercise.pk).update(**released)


def _stands(life: Any, by: Any) -> dict[str, Any]:
    now = timezone.now()
    words = {"slug": f"exercise-{next(NUMBERS)}", "name": "x", "scenario": "x", "director": by, "made_by": by}
    if life.is_released:
        return {**words, "status": "ended", "started_at": now}
    if life.is_sent:
        return {**words, "status": "ready"}
    return {**words, "status": "running", "started_at": now, "running_since": now}
