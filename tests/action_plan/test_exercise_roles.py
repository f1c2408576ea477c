"""Nobody plays and watches at once, nobody runs what the own state plays, and the end of an exercise is its end."""

from collections.abc import Callable
from datetime import date
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from accounts.actions import make_token
from accounts.models import StaffRole
from action_plan.actions.exercise_life import move, respond, score, unscore
from action_plan.actions.exercises import PLAYS_ITSELF, change_exercise, set_people
from action_plan.actions.missions import Refused
from action_plan.forms.recommendations import ExerciseRecommendationForm
from action_plan.models import Activity, ActivityState, AfterAction, Exercise, Inject, Response, Score
from common.scope import PROGRAMME, reach_of, scope
from tests.factories.accounts import make_person
from tests.factories.csirt_network import make_member
from tests.factories.exercises import again, make_exercise, make_inject, player_of

pytestmark = pytest.mark.django_db
SignIn = Any


def make_officer(person: Any) -> Any:
    """Who is of a team or a state, and of the programme as well."""
    StaffRole.objects.create(person=person, role="officer", starts_on=date(2020, 1, 1))
    return person


@pytest.fixture
def exercise(officer: Any, csirt_chl: Any, csirt_jam: Any) -> Any:
    with scope(PROGRAMME):
        return make_exercise(officer, csirt_chl, csirt_jam)


@pytest.fixture
def written(officer: Any, csirt_chl: Any, csirt_jam: Any) -> Any:
    with scope(PROGRAMME):
        return make_exercise(officer, csirt_chl, csirt_jam, status="written")


def page(client: Client, path: str = "") -> Any:
    return client.get(f"/exercises/exercise-ceiba/{path}")


# Who plays watches nothing ------------------------------------------------------------------------------------------


def test_staff_who_play_have_the_pages_of_players(sign_in: SignIn, exercise: Any, csirt_chl: Any) -> None:
    with scope(PROGRAMME):
        make_inject(exercise, 2, due_minute=90)
    client = sign_in(make_officer(make_member("Petra Plays", csirt_chl, "analyst")))

    assert page(client, "live/").status_code == 403
    assert page(client, "injects/2/").status_code == 404
    assert page(client, "report/").status_code == 404
    assert "Inject 2" not in page(client).content.decode()
    assert "Inject 1" in page(client).content.decode()


def test_nobody_of_a_team_that_plays_becomes_director(written: Any, csirt_chl: Any, officer: Any) -> None:
    player = make_officer(make_member("Petra Plays", csirt_chl, "analyst"))
    with scope(PROGRAMME):
        with pytest.raises(Refused, match=str(PLAYS_ITSELF)):
            change_exercise(exercise=written, edited=0, facts={"director": player}, by=officer)
        assert again(written).director == officer


# Nobody runs what the own state plays -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["edit/", "people/", "injects/new/", "injects/1/scores/", "recommendations/new/"])
def test_an_officer_who_speaks_for_a_state_that_plays_runs_nothing(
    sign_in: SignIn, exercise: Any, lead_chl: Any, second_officer: Any, path: str
) -> None:
    assert page(sign_in(make_officer(lead_chl)), path).status_code == 403
    assert page(sign_in(second_officer), path).status_code == 200


def test_an_observer_does_not_score_the_own_state(sign_in: SignIn, officer: Any, csirt_chl: Any, lead_chl: Any) -> None:
    with scope(PROGRAMME):
        make_exercise(officer, csirt_chl, observers=[lead_chl])
    client = sign_in(lead_chl)

    assert page(client, "live/").status_code == 200
    assert page(client, "injects/1/scores/").status_code == 403


def test_advice_is_not_offered_for_the_own_state(exercise: Any, lead_chl: Any) -> None:
    form = ExerciseRecommendationForm(exercise=exercise, user=make_officer(lead_chl))
    states: Any = form.fields["state"]
    with scope(PROGRAMME):
        assert [state.slug for state in states.queryset] == ["jamaica"]


def test_a_team_of_the_own_state_is_refused_with_a_sentence(
    sign_in: SignIn, officer: Any, csirt_chl: Any, csirt_jam: Any, lead_chl: Any
) -> None:
    with scope(PROGRAMME):
        exercise = make_exercise(officer, csirt_jam, status="written")
    teams = {"teams": [csirt_chl.pk, csirt_jam.pk]}
    shown = sign_in(make_officer(lead_chl)).post("/exercises/exercise-ceiba/people/", teams)

    assert shown.status_code == 422
    assert "You speak for the state of Chile: somebody else decides." in shown.content.decode()
    with scope(PROGRAMME):
        assert exercise.players.count() == 1


# States read of it once it is ready ---------------------------------------------------------------------------------


def test_the_activity_is_among_staff_until_the_exercise_is_ready(
    sign_in: SignIn, officer: Any, csirt_chl: Any, lead_chl: Any
) -> None:
    words = {"name": "Exercise Ceiba", "scenario": "A port stands still.", "objectives": "Tell each other."}
    facts = {"planned_at": "2026-12-03T09:00", "minutes": 120, "speed": 1, "director": officer.pk, "tlp": "AMBER"}
    client = sign_in(officer)
    client.post("/exercises/new/", words | facts)
    client.post("/exercises/exercise-ceiba/people/", {"teams": [csirt_chl.pk]})
    with scope(PROGRAMME):
        exercise = Exercise.objects.get()
        make_inject(exercise, due_minute=0)
    assert not reads_of_it(exercise, lead_chl)

    client.post("/exercises/exercise-ceiba/move/ready/")
    assert reads_of_it(exercise, lead_chl)


def reads_of_it(exercise: Any, person: Any) -> bool:
    with scope(reach_of(person)):
        return Activity.objects.filter(pk=exercise.activity_id).exists()


def test_a_team_that_is_taken_out_takes_its_state_with_it(
    written: Any, officer: Any, csirt_chl: Any, csirt_banks: Any, csirt_jam: Any, brazil: Any
) -> None:
    def plays(*teams: Any) -> set[str]:
        set_people(exercise=written, teams=teams, observers=[], by=officer)
        return set(ActivityState.objects.filter(activity=written.activity).values_list("state__slug", flat=True))

    with scope(PROGRAMME):
        ActivityState.objects.create(activity=written.activity, state=brazil, audience="staff")
        assert plays(csirt_chl, csirt_banks, csirt_jam) == {"brazil", "chile", "jamaica"}
        assert plays(csirt_banks, csirt_jam) == {"brazil", "chile", "jamaica"}
        assert plays(csirt_jam) == {"brazil", "jamaica"}


# A key is of one answer ---------------------------------------------------------------------------------------------


def test_the_same_key_on_another_inject_swallows_no_answer(exercise: Any, rep_chl: Any, csirt_chl: Any) -> None:
    key = uuid4()
    with scope(PROGRAMME):
        player = player_of(exercise, csirt_chl)
        first, second = Inject.objects.get(exercise=exercise), make_inject(exercise, 2, due_minute=0)
    of = {"player": player, "key": key, "by": rep_chl}
    with scope(reach_of(rep_chl)):
        made, _ = respond(inject=first, text="On it.", **of)
        assert respond(inject=first, text="On it.", **of) == (made, False)
        with pytest.raises(Refused, match="for another inject"):
            respond(inject=second, text="The other.", **of)


def test_neither_when_both_are_sent_at_once(exercise: Any, rep_chl: Any, csirt_chl: Any, monkeypatch: Any) -> None:
    with scope(PROGRAMME):
        player = player_of(exercise, csirt_chl)
        first, second = Inject.objects.get(exercise=exercise), make_inject(exercise, 2, due_minute=0)
    of = {"player": player, "key": uuid4(), "by": rep_chl}
    with scope(reach_of(rep_chl)):
        respond(inject=first, text="On it.", **of)
        monkeypatch.setattr("django.db.models.query.QuerySet.first", lambda self: None)
        with pytest.raises(Refused, match="for another inject"):
            respond(inject=second, text="The other.", **of)


def test_a_program_is_told_that_the_key_was_used(client: Client, exercise: Any, rep_chl: Any) -> None:
    with scope(PROGRAMME):
        make_inject(exercise, 2, due_minute=0)
    secret = make_token(name="A program", scopes=["read", "submit"], days=30, by=rep_chl)[1]
    told = {"authorization": f"Bearer {secret}", "idempotency-key": str(uuid4())}

    def send(number: int) -> Any:
        address = f"/api/v1/exercises/exercise-ceiba/injects/{number}/responses/"
        return client.post(address, {"text": "On it."}, content_type="application/json", headers=told)

    assert [send(number).status_code for number in (1, 1, 2)] == [201, 200, 422]
    assert send(1).json()["inject"] == 1


# The end is the end -------------------------------------------------------------------------------------------------


def while_it_moves(exercise: Any, verb: str, by: Any, act: Callable[[], Any]) -> None:
    """`act` begins when the step has been taken and is not committed yet."""
    taken = Event()

    def take() -> None:
        try:
            with scope(PROGRAMME):
                move(exercise=exercise, verb=verb, by=by)
                taken.set()
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_sleep(0.7)")
        finally:
            connection.close()

    thread = Thread(target=take)
    thread.start()
    assert taken.wait(10)
    try:
        act()
    finally:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_meets_the_end_waits_and_is_refused(
    exercise: Any, officer: Any, rep_chl: Any, csirt_chl: Any
) -> None:
    with scope(PROGRAMME):
        inject, player = Inject.objects.get(exercise=exercise), player_of(exercise, csirt_chl)

    def answer() -> None:
        with scope(reach_of(rep_chl)), pytest.raises(Refused, match="not running"):
            respond(inject=inject, player=player, text="Too late.", key=uuid4(), by=rep_chl)

    while_it_moves(exercise, "end", officer, answer)
    with scope(PROGRAMME):
        assert not Response.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_score_that_meets_the_report_waits_and_is_refused(officer: Any, csirt_chl: Any) -> None:
    watcher = make_person("Walter Watcher")
    with scope(PROGRAMME):
        exercise = make_exercise(officer, csirt_chl, observers=[watcher], status="ended")
        AfterAction.objects.create(exercise=exercise, summary="x")
        of = {"inject": Inject.objects.get(exercise=exercise), "player": player_of(exercise, csirt_chl), "by": watcher}
        score(level=3, note="", **of)

    def judge() -> None:
        with scope(reach_of(watcher)):
            unscore(**of)
            with pytest.raises(Refused, match="its scores stay"):
                score(level=1, note="", **of)

    while_it_moves(exercise, "report", officer, judge)
    with scope(PROGRAMME):
        assert Score.objects.get().level == 3
