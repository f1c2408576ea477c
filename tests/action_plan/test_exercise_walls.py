"""An inject is read when its time has come, whatever runs; by those it is for; and nobody reads another team's answers.

Both walls, written apart, are asked of every table: what ``visible_to`` lets through of all rows is what the database
shows when nothing is filtered.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import Error, transaction
from django.utils import timezone

from accounts.models import StaffRole
from action_plan.actions.exercise_life import move
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
from common.scope import PROGRAMME, Reach, reach_of, scope
from tests.factories.accounts import make_person
from tests.factories.csirt_network import make_member
from tests.factories.exercises import make_exercise, make_inject, make_response, player_of

pytestmark = pytest.mark.django_db
TABLES = (
    AfterAction, Exercise, ExerciseMove, ExerciseObserver, ExerciseTeam, Expectation, HotWash, Inject, InjectNotice,
    Response, Score,
)  # fmt: skip


class World:
    """An exercise of two teams with injects of every sort, answered, scored and looked back on by both."""

    def __init__(self, director: Any, teams: Any, people: Any, watcher: Any, status: str = "running") -> None:
        self.director, self.teams, self.people = director, teams, people
        with scope(PROGRAMME):
            self.exercise = make_exercise(director, *teams, observers=[watcher], status=status)
            self.players = [player_of(self.exercise, team) for team in teams]
            self.fill(watcher)

    def fill(self, watcher: Any) -> None:
        chile, _jamaica = self.players
        now = self.exercise.inject = Inject.objects.get(exercise=self.exercise)
        make_inject(self.exercise, 2, due_minute=60)
        make_inject(self.exercise, 3, chile, due_minute=0)
        make_inject(self.exercise, 4)
        make_inject(self.exercise, 5, released_at=timezone.now(), released_second=1)
        of = {"exercise": self.exercise}
        for player, person in zip(self.players, self.people, strict=True):
            make_response(now, player, person)
            Score.objects.create(inject=now, player=player, level=3, by=watcher, **of)
            HotWash.objects.create(player=player, went_well="x", by=person, **of)
            InjectNotice.objects.create(inject=now, player=player, **of)
        HotWash.objects.create(went_well="x", by=watcher, **of)
        AfterAction.objects.create(summary="x", **of)


@pytest.fixture
def watcher(db: None) -> Any:
    return make_person("Walter Watcher")


@pytest.fixture
def playing_officer(csirt_chl: Any) -> Any:
    """Somebody of the programme who is of Chile's team as well."""
    person = make_member("Petra Plays", csirt_chl, "analyst")
    StaffRole.objects.create(person=person, role="officer", starts_on=date(2020, 1, 1))
    return person


@pytest.fixture
def world(officer: Any, csirt_chl: Any, csirt_jam: Any, rep_chl: Any, rep_jam: Any, watcher: Any) -> World:
    return World(officer, [csirt_chl, csirt_jam], [rep_chl, rep_jam], watcher)


def rows(user: Any, *, by_the_wall: bool) -> dict[str, set[int]]:
    with scope(reach_of(user) if by_the_wall else PROGRAMME):
        found = {t: t._base_manager.all() if by_the_wall else t.objects.visible_to(user) for t in TABLES}
        return {table.__name__: set(query.values_list("pk", flat=True)) for table, query in found.items()}


@pytest.mark.parametrize("life", ["written", "ready", "running", "paused", "ended", "reported"])
def test_both_walls_say_the_same_of_exercises(
    life: str, officer: Any, observer: Any, csirt_chl: Any, csirt_jam: Any, rep_chl: Any, rep_jam: Any,
    rep_banks: Any, lead_chl: Any, lead_bra: Any, outsider: Any, watcher: Any, playing_officer: Any,
) -> None:  # fmt: skip
    world = World(officer, [csirt_chl, csirt_jam], [rep_chl, rep_jam], watcher, "ended" if life == "reported" else life)
    if life == "reported":
        with scope(PROGRAMME):
            move(exercise=world.exercise, verb="report", by=officer)

    for reader in (
        officer,
        playing_officer,
        observer,
        rep_chl,
        rep_jam,
        rep_banks,
        lead_chl,
        lead_bra,
        outsider,
        watcher,
    ):
        assert rows(reader, by_the_wall=True) == rows(reader, by_the_wall=False), reader


def numbers(user: Any) -> list[int]:
    with scope(reach_of(user)):
        seen = list(Inject.objects.order_by("number").values_list("number", flat=True))
        assert seen == list(Inject.objects.visible_to(user).order_by("number").values_list("number", flat=True))
    return seen


def turn_back(exercise: Exercise, **since: float) -> None:
    """As if the clock had run that much longer."""
    with scope(PROGRAMME):
        Exercise.objects.filter(pk=exercise.pk).update(running_since=timezone.now() - timedelta(**since))


def test_an_inject_comes_with_the_clock_though_nothing_ran(world: World, rep_chl: Any, rep_jam: Any) -> None:
    assert (numbers(rep_chl), numbers(rep_jam)) == ([1, 3, 5], [1, 5])

    turn_back(world.exercise, minutes=59, seconds=50)
    assert 2 not in numbers(rep_chl)
    turn_back(world.exercise, minutes=60)
    assert (numbers(rep_chl), numbers(rep_jam)) == ([1, 2, 3, 5], [1, 2, 5])


def test_the_speed_of_the_clock_counts(world: World, rep_chl: Any) -> None:
    with scope(PROGRAMME):
        Exercise.objects.filter(pk=world.exercise.pk).update(speed=60)
    turn_back(world.exercise, seconds=55)
    assert 2 not in numbers(rep_chl)
    turn_back(world.exercise, seconds=60)
    assert 2 in numbers(rep_chl)


def test_while_it_is_paused_nothing_comes(world: World, rep_chl: Any) -> None:
    turn_back(world.exercise, minutes=59)
    with scope(PROGRAMME):
        move(exercise=world.exercise, verb="pause", by=world.director)
        held = Exercise.objects.with_clock().get(pk=world.exercise.pk)
        assert (held.minute, held.seconds) == (59, held.counted)
    assert 2 not in numbers(rep_chl)

    with scope(PROGRAMME):
        move(exercise=world.exercise, verb="resume", by=world.director)
    assert 2 not in numbers(rep_chl)
    turn_back(world.exercise, minutes=1)
    assert 2 in numbers(rep_chl)


def test_who_watches_reads_what_is_to_come(world: World, watcher: Any, officer: Any) -> None:
    assert numbers(watcher) == numbers(officer) == [1, 2, 3, 4, 5]


def test_staff_who_play_read_what_their_team_does(world: World, playing_officer: Any, rep_chl: Any) -> None:
    assert numbers(playing_officer) == numbers(rep_chl) == [1, 3, 5]
    with scope(reach_of(playing_officer)):
        assert {one.by for one in Response.objects.all()} == {rep_chl}
        assert {one.by for one in HotWash.objects.all()} == {rep_chl}
        assert not any(table.objects.exists() for table in (Score, Expectation))


def test_no_team_reads_what_another_answers_or_what_is_expected(world: World, rep_chl: Any, rep_jam: Any) -> None:
    with scope(reach_of(rep_chl)):
        assert {one.by for one in Response.objects.all()} == {rep_chl}
        assert {one.by for one in HotWash.objects.all()} == {rep_chl}
        assert not any(table.objects.exists() for table in (Score, Expectation, AfterAction))
        assert {one.team_id for one in ExerciseTeam.objects.all()} == {world.teams[0].pk}


def test_with_the_report_a_team_reads_its_own_scores_and_its_states_liaison_too(
    world: World, rep_chl: Any, lead_chl: Any
) -> None:
    with scope(PROGRAMME):
        move(exercise=world.exercise, verb="end", by=world.director)
        move(exercise=world.exercise, verb="report", by=world.director)

    for reader in (rep_chl, lead_chl):
        with scope(reach_of(reader)):
            assert [one.player_id for one in Score.objects.all()] == [world.players[0].pk]
            assert {one.player_id for one in HotWash.objects.all()} == {None, world.players[0].pk}
            assert {one.by for one in Response.objects.all()} == {rep_chl}
            assert all(table.objects.exists() for table in (AfterAction, Expectation))


@pytest.mark.parametrize("number", [2, 4])
def test_nobody_answers_what_has_not_come(world: World, rep_chl: Any, number: int) -> None:
    with scope(PROGRAMME):
        inject = Inject.objects.get(exercise=world.exercise, number=number)

    with scope(reach_of(rep_chl)), pytest.raises(Error, match="row-level security"), transaction.atomic():
        make_response(inject, world.players[0], rep_chl)


def test_nobody_answers_for_another_team_or_person_or_after_the_end(world: World, rep_chl: Any, rep_jam: Any) -> None:
    now, (chile, jamaica) = world.exercise.inject, world.players
    for player, by in ((jamaica, rep_chl), (chile, rep_jam)):
        with scope(reach_of(rep_chl)), pytest.raises(Error, match="row-level security"), transaction.atomic():
            make_response(now, player, by)

    with scope(PROGRAMME):
        move(exercise=world.exercise, verb="end", by=world.director)
    with scope(reach_of(rep_chl)), pytest.raises(Error, match="row-level security"), transaction.atomic():
        make_response(now, chile, rep_chl)


def test_what_is_answered_stays(world: World, rep_chl: Any) -> None:
    with scope(PROGRAMME), pytest.raises(Error), transaction.atomic():
        Response.objects.update(text="Something else")


def test_an_answer_of_one_exercise_hangs_on_no_inject_of_another(
    world: World, officer: Any, csirt_chl: Any, rep_chl: Any
) -> None:
    with scope(PROGRAMME):
        other = make_exercise(officer, csirt_chl, name="Exercise Jacaranda")
    with scope(Reach(staff=True)), pytest.raises(Error), transaction.atomic():
        make_response(Inject.objects.get(exercise=other), world.players[0], rep_chl)


def test_observers_score_in_their_own_name_alone(world: World, watcher: Any, officer: Any) -> None:
    of = {"exercise": world.exercise, "inject": world.exercise.inject, "player": world.players[0], "level": 1}
    with scope(reach_of(watcher)), pytest.raises(Error, match="row-level security"), transaction.atomic():
        Score.objects.create(by=officer, **of)
    with scope(reach_of(watcher)):
        assert Score.objects.filter(by=watcher).update(level=4) == 2


def test_once_reported_nobody_scores(world: World, watcher: Any, officer: Any) -> None:
    with scope(PROGRAMME):
        move(exercise=world.exercise, verb="end", by=officer)
        move(exercise=world.exercise, verb="report", by=officer)

    of = {"exercise": world.exercise, "inject": world.exercise.inject, "player": world.players[0], "level": 1}
    for reader in (watcher, officer):
        with scope(reach_of(reader)):
            assert Score.objects.exists()
            assert not Score.objects.update(level=4)
            assert not Score.objects.all().delete()[0]
            with pytest.raises(Error, match="row-level security"), transaction.atomic():
                Score.objects.create(by=reader, **of | {"inject": Inject.objects.get(number=5)})
