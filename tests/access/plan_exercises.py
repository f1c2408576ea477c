"""Exercises of the world, of Chile's and Jamaica's national teams; the team of Chile's banks plays in none.

`written`, `ready`, `running`, `paused`, `ended` and `reported`. What has come at the teams is heard by them and the
programme, what is to come and what is expected by the programme alone, answers by the own team.
"""

from typing import Any
from uuid import uuid4

from action_plan.actions.exercise_life import move
from action_plan.models import (
    Activity,
    AfterAction,
    Exercise,
    ExerciseTeam,
    Expectation,
    HotWash,
    Inject,
    Recommendation,
    Response,
    Score,
)
from common.days import today
from common.scope import PROGRAMME, scope
from csirt_network.models import Team
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.exercises import make_exercise, make_inject

LIVES = ("written", "ready", "running", "paused", "ended", "reported")
LIFE = {"written": "ready", "ready": "start", "running": "pause", "paused": "resume", "ended": "report"}


def make_exercises(world: Any) -> dict[str, Any]:
    with scope(PROGRAMME):
        return {life: _exercise(world, life) for life in LIVES}


def _exercise(world: Any, life: str) -> Exercise:
    teams = [Team.objects.get(pk=world.people[role].teams.get().team_id) for role in ("team", "foreign")]
    known = "DESK" if life == "written" else "EXERCISE"
    words = {field: canary(CHILE, known, f"{field}-{life}") for field in ("scenario", "objectives")}
    status = "ended" if life == "reported" else life
    made = make_exercise(world.people["officer"], *teams, status=status, name=f"Exercise {life}", **words)
    if life != "written":  # which the teams are told as soon as it is ready
        Exercise.objects.filter(pk=made.pk).update(name=canary(CHILE, known, f"name-{life}"))
    Activity.objects.filter(pk=made.activity_id).update(title_en=canary(CHILE, known, f"activity-{life}"))
    _injects(made, life)
    for player, code, role in zip(made.players.order_by("pk"), (CHILE, JAMAICA), ("team", "foreign"), strict=True):
        _of_team(world, made, player, life, code, world.people[role])
    _of_staff(world, made, life)
    if life == "reported":
        move(exercise=made, verb="report", by=world.staff)
    return made


def _injects(exercise: Exercise, life: str) -> None:
    """One that has come at both, one for Chile's team, one that is to come."""
    came = "DESK" if life in ("written", "ready") else "HISTORY" if life == "reported" else "PLAYED"
    words = {field: canary(CHILE, came, f"{field}-{life}") for field in ("title", "text")}
    both = {"PLAYED": words, "DESK": words, "HISTORY": {"title": "To both", "text": "To both"}}[came]
    Inject.objects.filter(exercise=exercise, number=1).update(**both)
    chile = exercise.players.order_by("pk")[0]
    own = {"PLAYED": "ANSWERED"}.get(came, came)
    alone = {field: canary(CHILE, own, f"{field}-alone-{life}") for field in ("title", "text")}
    make_inject(exercise, 2, chile, due_minute=0, **alone)
    later = {field: canary(CHILE, "DESK", f"{field}-later-{life}") for field in ("title", "text")}
    make_inject(exercise, 3, due_minute=999, **later)
    expected = canary(CHILE, "EXERCISE" if life == "reported" else "DESK", f"expected-{life}")
    Expectation.objects.filter(inject__exercise=exercise, inject__number=1).update(text=expected)
    expected = canary(CHILE, "DESK", f"expected-later-{life}")
    Expectation.objects.filter(inject__exercise=exercise, inject__number=3).update(text=expected)


def _of_team(world: Any, exercise: Exercise, player: ExerciseTeam, life: str, code: str, person: Any) -> None:
    if life in ("written", "ready"):
        return
    own = "HISTORY" if life == "reported" else "ANSWERED"
    of = {"exercise": exercise, "player": player}
    inject = Inject.objects.get(exercise=exercise, number=1)
    said = canary(code, own, f"response-{life}")
    Response.objects.create(inject=inject, key=uuid4(), text=said, second=30.0, by=person, **of)
    note = canary(code, "HISTORY" if life == "reported" else "DESK", f"score-{life}")
    Score.objects.create(inject=inject, level=2, note=note, by=world.people["officer"], **of)
    if life in ("ended", "reported"):
        words = {field: canary(code, own, f"{field}-{life}") for field in ("went_well", "to_improve")}
        HotWash.objects.create(by=person, **words, **of)


def _of_staff(world: Any, exercise: Exercise, life: str) -> None:
    if life not in ("ended", "reported"):
        return
    kind = "EXERCISE" if life == "reported" else "DESK"
    words = {field: canary(CHILE, kind, f"{field}-{life}") for field in ("went_well", "to_improve")}
    HotWash.objects.create(exercise=exercise, by=world.staff, **words)
    AfterAction.objects.create(exercise=exercise, summary=canary(CHILE, kind, f"summary-{life}"), **words)
    of = {"exercise": exercise, "number": 1, "due_on": today(), "is_released": False}
    for player, code in zip(exercise.players.order_by("pk"), (CHILE, JAMAICA), strict=True):
        kind = "SENT" if life == "reported" else "DESK"
        advice = {field: canary(code, kind, f"advice-{field}-{life}") for field in ("text", "institution")}
        Recommendation.objects.create(state_id=player.state_id, **advice, **of)
        of["number"] = 2


def exercise_arguments(world: Any, which: str) -> dict[str, Any]:
    """`exercise:running`; `exercise:running-later` is the inject of it that is to come."""
    life, _, number = which.partition("-")
    slug = world.exercises[life].slug
    return {"slug": slug, "number": {"later": 3, "alone": 2}.get(number, 1), "verb": LIFE.get(life, "end")}


# What the matrix sends ------------------------------------------------------------------------------------------------


def exercise(world: Any) -> dict[str, Any]:
    facts = {"name": "Exercise Araucaria", "minutes": "120", "speed": "1", "tlp": "GREEN", "edited": "0"}
    words = {"scenario": "A bank stands still.", "objectives": "Tell each other."}
    return {**facts, **words, "director": world.people["officer"].pk, "planned_at": "2026-12-03T09:00"}


def people(world: Any) -> dict[str, Any]:
    pks = [world.people[role].teams.get().team_id for role in ("team", "foreign")]
    return {"teams": pks, "observers": [world.people["observer"].pk]}


def inject(_: Any) -> dict[str, Any]:
    words = {"title": "A call", "text": "The minister calls.", "expected": "Say what is known."}
    return {"number": "9", "kind": "call", "due_minute": "500", "allowed": "10", **words}


def response(_: Any) -> dict[str, Any]:
    with scope(PROGRAMME):
        played = Exercise.objects.get(status="running").players.order_by("pk")
        return {"text": "We call the port.", "key": str(uuid4()), "player": played[0].pk}


def scores(_: Any) -> dict[str, Any]:
    with scope(PROGRAMME):
        player = Exercise.objects.get(status="running").players.order_by("pk")[0]
    return {f"team-{player.pk}-level": "3", f"team-{player.pk}-note": "Fast"}


def notes(_: Any) -> dict[str, Any]:
    return {"went_well": "We were fast.", "to_improve": "Fewer mails."}


def report(_: Any) -> dict[str, Any]:
    return {"summary": "All answered.", **notes(_), "edited": "0"}


def advice(world: Any) -> dict[str, Any]:
    words = {"text": "Write a list of calls", "institution": "The ministry"}
    with scope(PROGRAMME):
        state = Exercise.objects.get(status="ended").players.order_by("pk")[0].state_id
    return {**words, "state": state, "due_on": "2027-03-01", "priority": "1", "edited": "0"}


ONE, INJECT = "exercises/<slug:slug>/", "exercises/<slug:slug>/injects/<int:number>/"
BODIES = {
    f"api/v1/{INJECT}responses/": lambda _: {"text": "We call the port."},
    "exercises/new/": exercise,
    f"{ONE}edit/": exercise,
    f"{ONE}people/": people,
    f"{ONE}move/<slug:verb>/": lambda _: {},
    f"{ONE}injects/new/": inject,
    INJECT: response,
    f"{INJECT}edit/": inject,
    f"{INJECT}remove/": lambda _: {},
    f"{INJECT}release/": lambda _: {},
    f"{INJECT}scores/": scores,
    f"{ONE}hot-wash/": notes,
    f"{ONE}report/edit/": report,
    f"{ONE}recommendations/new/": advice,
}
