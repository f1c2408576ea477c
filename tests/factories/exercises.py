from typing import Any
from uuid import uuid4

from action_plan.actions.exercise_life import move
from action_plan.actions.exercises import make_exercise as make
from action_plan.actions.exercises import set_people
from action_plan.models import Activity, Exercise, ExerciseTeam, Expectation, Inject, Response
from common.scope import Reach, scope
from csirt_network.models import Team

WAY_TO = {
    "written": (),
    "ready": ("ready",),
    "running": ("ready", "start"),
    "paused": ("ready", "start", "pause"),
    "ended": ("ready", "start", "end"),
}


def make_exercise(
    director: Any, *teams: Team, status: str = "running", name: str = "Exercise Ceiba", **facts: Any
) -> Exercise:
    """Of these teams, watched by `observers`, with one inject that comes at once. Needs the programme's scope."""
    people = facts.pop("observers", [])
    activity = Activity(title_en=name, status="planned", audience=facts.pop("audience", "staff"))
    words = {"scenario": "A port stands still.", "objectives": "Teams tell each other at once."}
    exercise = make(activity=activity, exercise=Exercise(name=name, director=director, **words | facts), by=director)
    set_people(exercise=exercise, teams=teams, observers=people, by=director)
    make_inject(exercise, due_minute=0)
    for verb in WAY_TO[status]:
        move(exercise=exercise, verb=verb, by=director)
    return again(exercise)


def make_inject(exercise: Exercise, number: int = 1, *players: ExerciseTeam, **facts: Any) -> Inject:
    """For all teams, or for those named; by hand unless it has a `due_minute`."""
    usual = {"title": f"Inject {number}", "text": f"What happens, part {number}.", "only": [one.pk for one in players]}
    inject = Inject.objects.create(exercise=exercise, number=number, **usual | facts)
    Expectation.objects.create(inject=inject, exercise=exercise, text=f"To be done about part {number}.")
    return inject


def make_response(inject: Inject, player: ExerciseTeam, by: Any, text: str = "We are on it.", **facts: Any) -> Response:
    of = {"exercise_id": inject.exercise_id, "inject": inject, "player": player, "by": by}
    return Response.objects.create(**of, **{"key": uuid4(), "text": text, "second": 60.0, **facts})


def again(exercise: Exercise) -> Any:
    return Exercise.objects.with_clock().get(pk=exercise.pk)


def player_of(exercise: Exercise, team: Team) -> ExerciseTeam:
    return ExerciseTeam.objects.get(exercise=exercise, team=team)


def in_scope_of(team: Team, person: Any) -> Any:
    return scope(Reach(teams=(team.pk,), person=person.pk, community=True))
