"""Exercises of the trial, all invented: one that is reported, with answers, scores and notes; one that is prepared."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from action_plan.actions.exercise_life import move, recommend
from action_plan.actions.exercises import make_exercise, set_people
from action_plan.models import (
    Activity,
    AfterAction,
    Exercise,
    ExerciseMove,
    ExerciseTeam,
    Expectation,
    HotWash,
    Inject,
    Recommendation,
    Response,
    Score,
)
from common.days import today
from oas_cyber.sample.network_directory import Teams
from oas_cyber.sample.people import Cast

TEAMS = ("argentina-national", "brazil-national", "chile-national", "jamaica-national")
SCENARIO = (
    "Invented for the trial. On a Friday afternoon the cranes of three ports stop. A message on the screens of the"
    " operators asks for money. The ports share one supplier of software."
)
OBJECTIVES = (
    "Teams find out whether their own ports are touched, tell each other what they know, and inform the public."
)
# Number, kind, title, text, minute, minutes allowed, what is expected.
INJECTS = (
    (1, "mail", "The cranes stop", "A port operator writes: no crane has moved for an hour.", 0, 20, "Open a case."),
    (2, "news", "First report", "A newspaper writes that ships wait outside the port.", 15, 20, "Agree on one voice."),
    (
        3,
        "technical",
        "A sample arrives",
        "The supplier sends a file found on two servers.",
        40,
        30,
        "Share what it does.",
    ),
    (
        4,
        "decision",
        "Shall the port pay?",
        "The minister asks for advice within half an hour.",
        70,
        30,
        "Advise against.",
    ),
)
SAID = (
    "We have opened a case and called the operator.",
    "We ask the press office to refer to us.",
    "The file spreads by shared folders. Indicators go to the network.",
    "We advise not to pay, and say why.",
)


def make_exercises(cast: Cast, teams: Teams) -> None:
    playing = [teams.members[slug] for slug in TEAMS if teams.people.get(slug)]
    if not playing:  # without the published teams
        return
    done = _exercise(cast, playing, "Sample: Exercise Ceiba", days=-40)
    _play(done, cast, teams)
    prepared = _exercise(cast, playing[:3], "Sample: Exercise Jacaranda", days=30)
    move(exercise=prepared, verb="ready", by=prepared.director)


def _exercise(cast: Cast, playing: list[Any], name: str, *, days: int) -> Exercise:
    officer, at = cast.officer(0), timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    day = timezone.localdate(at)
    status = Activity.Status.DONE if days < 0 else Activity.Status.CONFIRMED
    dates = {"starts_on": day, "ends_on": day, "is_online": True}
    activity = Activity(title_en=name, status=status, audience="participants" if days < 0 else "staff", **dates)
    words = {"name": name, "scenario": SCENARIO, "objectives": OBJECTIVES, "planned_at": at}
    exercise = make_exercise(activity=activity, exercise=Exercise(director=officer, **words), by=officer)
    set_people(exercise=exercise, teams=playing, observers=cast.staff["observer"][:1], by=officer)
    for number, kind, title, text, minute, allowed, expected in INJECTS:
        facts = {"number": number, "kind": kind, "title": title, "text": text, "due_minute": minute, "allowed": allowed}
        inject = Inject.objects.create(exercise=exercise, **facts)
        Expectation.objects.create(inject=inject, exercise=exercise, text=expected)
    return exercise


def _play(exercise: Exercise, cast: Cast, teams: Teams) -> None:
    """Two hours with a break of ten minutes, as the director and the teams would have had them."""
    begun: Any = exercise.planned_at
    ended = begun + timedelta(minutes=130)
    for before, after, second, at in (
        ("ready", "running", 0, begun),
        ("running", "paused", 3600, begun + timedelta(minutes=60)),
        ("paused", "running", 3600, begun + timedelta(minutes=70)),
        ("running", "ended", 7200, ended),
    ):
        step = {"status_before": before, "status_after": after, "second": second, "at": at}
        ExerciseMove.objects.create(exercise=exercise, by=exercise.director, **step)
    over = {"status": "ended", "started_at": begun, "ended_at": ended, "counted": 7200.0}
    Exercise.objects.filter(pk=exercise.pk).update(**over)
    observer = cast.staff["observer"][0]
    for place, player in enumerate(
        ExerciseTeam.objects.filter(exercise=exercise).select_related("team").order_by("pk")
    ):
        _answer(exercise, player, teams.people[player.team.slug][0], observer, begun, place)
    _look_back(exercise, observer)


def _answer(exercise: Exercise, player: Any, person: Any, observer: Any, begun: datetime, place: int) -> None:
    of = {"exercise": exercise, "player": player}
    for number, inject in enumerate(Inject.objects.filter(exercise=exercise).order_by("number")):
        if (number + place) % 7 == 6:
            continue
        due: Any = inject.due_minute
        minute = due + 4 + (number * 7 + place * 11) % 26
        at = begun + timedelta(minutes=minute + (10 if minute >= 60 else 0))
        said = {"text": SAID[number], "second": minute * 60.0, "by": person, "at": at, "key": uuid4()}
        Response.objects.create(inject=inject, **said, **of)
        level = 1 + (number + place * 2) % 4
        Score.objects.create(inject=inject, level=level, by=observer, note="Invented for the trial.", **of)
    notes = {"went_well": "We found each other at once.", "to_improve": "Our list of telephone numbers was old."}
    HotWash.objects.create(by=person, **notes, **of)


def _look_back(exercise: Exercise, observer: Any) -> None:
    HotWash.objects.create(exercise=exercise, by=observer, went_well="Calm voices.", to_improve="More questions back.")
    AfterAction.objects.create(
        exercise=exercise,
        summary="Invented for the trial. All teams found the common supplier; two told the others at once.",
        went_well="Cases were opened within minutes.",
        to_improve="Advice for ministers came late.",
    )
    for player in ExerciseTeam.objects.filter(exercise=exercise).order_by("pk")[:2]:
        words = {"text": "Keep the list of contacts of port operators up to date.", "institution": "National CSIRT"}
        advice = Recommendation(state_id=player.state_id, due_on=today() + timedelta(days=60), **words)
        recommend(exercise=exercise, recommendation=advice, by=exercise.director)
    move(exercise=exercise, verb="report", by=exercise.director)
