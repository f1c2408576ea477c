"""Exercises as they are written, run, played, scored and reported, on their pages."""

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook

from accounts.actions import make_token
from action_plan import exercise_notices
from action_plan.actions.exercise_life import move, recommend, release_inject, respond
from action_plan.actions.exercises import PLAYS_ITSELF, set_people
from action_plan.actions.missions import Refused
from action_plan.models import (
    Activity,
    ActivityState,
    AfterAction,
    Exercise,
    Inject,
    InjectNotice,
    Recommendation,
    Response,
    Score,
)
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from notices.models import Mail
from tests.access.canaries import words_of
from tests.factories.accounts import make_person
from tests.factories.exercises import again, make_exercise, make_inject, make_response, player_of

pytestmark = pytest.mark.django_db
SignIn = Any


@pytest.fixture
def exercise(officer: Any, csirt_chl: Any, csirt_jam: Any) -> Any:
    with scope(PROGRAMME):
        return make_exercise(officer, csirt_chl, csirt_jam)


def page(client: Client, path: str = "", **sent: Any) -> Any:
    return client.get(f"/exercises/exercise-ceiba/{path}", **sent)


def post(client: Client, path: str, **data: Any) -> Any:
    return client.post(f"/exercises/{path}", data, follow=True)


# Listed -------------------------------------------------------------------------------------------------------------


def test_the_list_is_searched_and_taken_away_under_its_label(
    sign_in: SignIn, exercise: Any, officer: Any, rep_chl: Any
) -> None:
    found = sign_in(officer).get("/exercises/?q=ceiba")
    missed = sign_in(officer).get("/exercises/?q=hurricane")
    taken = sign_in(officer).get("/exercises.csv?q=ceiba")

    assert "Exercise Ceiba" in found.content.decode()
    assert "No exercise fits these filters" in missed.content.decode()
    assert "Exercise Ceiba" not in missed.content.decode()
    assert "TLP-AMBER-exercises-en.csv" in taken["Content-Disposition"]
    assert "TLP:AMBER" in b"".join(taken).decode("utf-8-sig")
    assert sign_in(officer).get("/exercises.xlsx").status_code == 200


def test_a_table_holds_no_exercise_that_is_still_written(sign_in: SignIn, officer: Any, rep_chl: Any) -> None:
    client = sign_in(officer)
    facts = {"planned_at": "2026-12-03T09:00", "minutes": 120, "speed": 1, "director": officer.pk, "tlp": "AMBER"}
    post(client, "new/", name="Exercise Mangrove", scenario="Power fails.", objectives="Learn.", **facts)

    of_staff = b"".join(client.get("/exercises.csv")).decode("utf-8-sig")
    of_team = b"".join(sign_in(rep_chl).get("/exercises.csv")).decode("utf-8-sig")

    assert "Mangrove" in of_staff
    assert "Mangrove" not in of_team


# Written ------------------------------------------------------------------------------------------------------------


def test_an_officer_writes_an_exercise_and_its_states_take_part(
    sign_in: SignIn, officer: Any, csirt_chl: Any, csirt_jam: Any, observer: Any
) -> None:
    client = sign_in(officer)
    words = {"name": "Exercise Ceiba", "scenario": "A port stands still.", "objectives": "Tell each other."}
    facts = {"planned_at": "2026-12-03T09:00", "minutes": 120, "speed": 1, "director": officer.pk, "tlp": "AMBER"}
    post(client, "new/", **words, **facts)
    people = {"teams": [csirt_chl.pk, csirt_jam.pk], "observers": [observer.pk]}
    assert "CSIRT of Chile" in post(client, "exercise-ceiba/people/", **people).content.decode()
    inject = {"number": 1, "kind": "mail", "title": "The crane stops", "text": "Nothing moves.", "expected": "Call."}
    post(client, "exercise-ceiba/injects/new/", due_minute=5, allowed=10, **inject)
    shown = post(client, "exercise-ceiba/move/ready/").content.decode()

    assert "The crane stops" in shown
    assert "at minute 5" in shown
    with scope(PROGRAMME):
        made = Exercise.objects.get()
        assert (made.status, made.activity.kind, made.activity.point) == ("ready", "exercise", 4)
        states = ActivityState.objects.filter(activity=made.activity).values_list("state__slug", flat=True)
        assert set(states) == {"chile", "jamaica"}


def test_without_teams_or_injects_it_is_not_ready(officer: Any) -> None:
    with scope(PROGRAMME):
        exercise = make_exercise(officer, status="written")
        with pytest.raises(Refused, match="No team plays yet"):
            move(exercise=exercise, verb="ready", by=officer)


def test_nobody_who_plays_observes(exercise: Any, officer: Any, csirt_chl: Any, rep_chl: Any) -> None:
    with scope(PROGRAMME):
        other = make_exercise(officer, csirt_chl, status="written", name="Exercise Jacaranda")
        with pytest.raises(Refused, match=str(PLAYS_ITSELF)):
            set_people(exercise=other, teams=[csirt_chl], observers=[rep_chl], by=officer)


def test_what_has_come_is_not_written_anew(sign_in: SignIn, exercise: Any, officer: Any) -> None:
    words = {"number": 1, "kind": "mail", "title": "Other", "text": "Other words"}
    shown = sign_in(officer).post("/exercises/exercise-ceiba/injects/1/edit/", words | {"due_minute": 90})

    assert shown.status_code == 422
    assert "come out already" in shown.content.decode()


def test_a_minute_that_has_passed_and_a_number_that_is_taken_are_said(
    sign_in: SignIn, exercise: Any, officer: Any
) -> None:
    client = sign_in(officer)
    words = {"kind": "mail", "title": "Other", "text": "Other words"}
    late = client.post("/exercises/exercise-ceiba/injects/new/", words | {"number": 2, "due_minute": 0})
    twice = client.post("/exercises/exercise-ceiba/injects/new/", words | {"number": 1, "due_minute": 90})

    assert "That minute has passed" in late.content.decode()
    assert "has this number" in twice.content.decode()


def test_another_answer_with_the_key_of_a_former_one_is_not_lost_without_a_word(
    client: Client, exercise: Any, rep_chl: Any, csirt_chl: Any
) -> None:
    key = uuid4()
    with scope(reach_of(rep_chl)):
        first = Inject.objects.get(exercise=exercise, number=1)
        respond(inject=first, player=player_of(exercise, csirt_chl), text="On it.", key=key, by=rep_chl)
    _token, secret = make_token(name="A program", scopes=["submit"], days=30, by=rep_chl)
    path = f"/api/v1/exercises/{exercise.slug}/injects/1/responses/"
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": str(key)}

    said = [
        client.post(path, {"text": text}, "application/json", headers=headers).status_code
        for text in ("We give up.", "On it.")
    ]

    assert said == [422, 200]


# Run ----------------------------------------------------------------------------------------------------------------


def test_the_director_sees_teams_and_injects_and_releases_by_hand(
    sign_in: SignIn, exercise: Any, officer: Any, rep_chl: Any, csirt_chl: Any
) -> None:
    with scope(PROGRAMME):
        make_inject(exercise, 2)
        first = Inject.objects.get(exercise=exercise, number=1)
    with scope(reach_of(rep_chl)):
        respond(inject=first, player=player_of(exercise, csirt_chl), text="On it.", key=uuid4(), by=rep_chl)
    client = sign_in(officer)
    live = page(client, "live/").content.decode()

    assert "Release the inject" in live
    assert live.count("Answered") == 1
    assert "Everything has come" in post(client, "exercise-ceiba/injects/2/release/").content.decode()
    alone = page(client, "live/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in alone
    assert 'hx-trigger="every 5s"' in alone


def test_released_twice_it_came_once(exercise: Any, officer: Any) -> None:
    with scope(PROGRAMME):
        inject = make_inject(exercise, 2)
        release_inject(inject=inject, by=officer)
        came = Inject.objects.get(pk=inject.pk).released_at
        release_inject(inject=inject, by=officer)
        assert Inject.objects.get(pk=inject.pk).released_at == came


def test_a_step_that_does_not_start_there_is_answered_by_a_sentence(
    sign_in: SignIn, exercise: Any, officer: Any
) -> None:
    shown = post(sign_in(officer), "exercise-ceiba/move/start/").content.decode()

    assert "Only an exercise that is ready can be started" in shown
    assert sign_in(officer).post("/exercises/exercise-ceiba/move/dance/").status_code == 404


# Played -------------------------------------------------------------------------------------------------------------


def test_a_team_answers_and_reads_its_own_answers_alone(
    sign_in: SignIn, exercise: Any, rep_chl: Any, rep_jam: Any, csirt_chl: Any
) -> None:
    player = player_of_in_programme(exercise, csirt_chl)
    key = uuid4()
    chile = sign_in(rep_chl)
    for _twice in range(2):
        answer = {"text": "We call the port.", "key": key, "player": player.pk}
        shown = post(chile, "exercise-ceiba/injects/1/", **answer).content.decode()
    assert shown.count("We call the port.") == 1
    with scope(PROGRAMME):
        assert Response.objects.get().key == key

    assert "We call the port." not in page(sign_in(rep_jam), "injects/1/").content.decode()
    assert "To be done about" not in page(chile, "injects/1/").content.decode()


def player_of_in_programme(exercise: Any, team: Any) -> Any:
    with scope(PROGRAMME):
        return player_of(exercise, team)


def test_an_empty_answer_is_refused_with_a_sentence(sign_in: SignIn, exercise: Any, rep_chl: Any) -> None:
    shown = sign_in(rep_chl).post("/exercises/exercise-ceiba/injects/1/", {"text": "", "key": uuid4()})

    assert shown.status_code == 422
    assert "Write what your team does." in shown.content.decode()


def test_what_is_to_come_is_nowhere_on_a_teams_pages(sign_in: SignIn, exercise: Any, rep_chl: Any) -> None:
    with scope(PROGRAMME):
        make_inject(exercise, 2, due_minute=90)
    client = sign_in(rep_chl)

    assert "Inject 2" not in page(client).content.decode()
    assert page(client, "injects/2/").status_code == 404
    assert page(client, "live/").status_code == 403


def test_who_plays_in_two_teams_says_for_which(
    sign_in: SignIn, exercise: Any, officer: Any, csirt_chl: Any, csirt_banks: Any, rep_chl: Any
) -> None:
    from csirt_network.models import TeamMember

    TeamMember.objects.create(team=csirt_banks, person=rep_chl, kind="analyst", starts_on=today())
    with scope(PROGRAMME):
        make_exercise(officer, csirt_chl, csirt_banks, name="Exercise Jacaranda")
    shown = sign_in(rep_chl).get("/exercises/exercise-jacaranda/injects/1/").content.decode()

    assert "For which of your teams" in shown


# Told ---------------------------------------------------------------------------------------------------------------


def test_each_person_is_told_once_of_an_inject_however_often_it_is_gone_through(
    exercise: Any, rep_chl: Any, analyst_chl: Any, rep_jam: Any
) -> None:
    with scope(PROGRAMME):
        make_inject(exercise, 2, due_minute=90)
    for _again in range(3):
        exercise_notices.announce()

    with scope(PROGRAMME):
        told = Mail.objects.filter(kind="inject out")
        assert {mail.person for mail in told} == {rep_chl, analyst_chl, rep_jam}
        assert told.count() == 3
        assert InjectNotice.objects.count() == 2


def test_the_mail_names_the_exercise_and_says_nothing_of_it(exercise: Any, rep_chl: Any, mailoutbox: Any) -> None:
    from notices.work import work

    exercise_notices.announce()
    with scope(PROGRAMME):
        mail = Mail.objects.get(kind="inject out", person=rep_chl)
    work(Mail, mail.pk)

    sent = mailoutbox[-1]
    assert sent.subject == "Exercise Ceiba: inject 1 has come"
    assert "What happens" not in sent.body
    assert "/exercises/exercise-ceiba/injects/1/" in sent.body


def test_what_is_due_soon_is_rung_for_in_advance(exercise: Any, monkeypatch: Any) -> None:
    rung: list[float] = []
    monkeypatch.setattr(exercise_notices.bell, "send", lambda task, after=0.0: rung.append(after))
    with scope(PROGRAMME):
        Exercise.objects.filter(pk=exercise.pk).update(speed=60)
        for number, minute in ((2, 30), (3, 30), (4, 100)):
            make_inject(exercise, number, due_minute=minute)
    exercise_notices.ring_ahead()

    assert len(rung) == 1
    assert 28 < rung[0] < 31


# Scored and reported ------------------------------------------------------------------------------------------------


def test_an_observer_who_is_no_staff_scores(sign_in: SignIn, officer: Any, csirt_chl: Any) -> None:
    watcher = make_person("Walter Watcher")
    with scope(PROGRAMME):
        exercise = make_exercise(officer, csirt_chl, observers=[watcher])
        player = player_of(exercise, csirt_chl)
    client = sign_in(watcher)
    assert page(client, "live/").status_code == 200
    post(client, "exercise-ceiba/injects/1/scores/", **{f"team-{player.pk}-level": 3, f"team-{player.pk}-note": "Fast"})
    with scope(PROGRAMME):
        assert Score.objects.values_list("level", "note", "by").get() == (3, "Fast", watcher.pk)

    post(client, "exercise-ceiba/injects/1/scores/", **{f"team-{player.pk}-level": ""})
    with scope(PROGRAMME):
        assert not Score.objects.exists()


@pytest.fixture
def ended(exercise: Any, officer: Any, csirt_chl: Any, csirt_jam: Any, rep_chl: Any, rep_jam: Any) -> Any:
    with scope(PROGRAMME):
        inject = Inject.objects.get(exercise=exercise)
        for team, person, words in ((csirt_chl, rep_chl, "Chile calls."), (csirt_jam, rep_jam, "Jamaica waits.")):
            player = player_of(exercise, team)
            make_response(inject, player, person, words)
            Score.objects.create(exercise=exercise, inject=inject, player=player, level=3, note=words, by=officer)
        move(exercise=exercise, verb="end", by=officer)
        AfterAction.objects.create(exercise=exercise, summary="All teams answered.")
    return exercise


def test_team_and_director_wash(sign_in: SignIn, ended: Any, rep_chl: Any, analyst_chl: Any, officer: Any) -> None:
    post(sign_in(rep_chl), "exercise-ceiba/hot-wash/", went_well="We were fast.")
    post(sign_in(analyst_chl), "exercise-ceiba/hot-wash/", went_well="We were fast and calm.")
    post(sign_in(officer), "exercise-ceiba/hot-wash/", to_improve="Fewer mails.")

    report = page(sign_in(officer), "report/").content.decode()
    assert "We were fast and calm." in report
    assert "We were fast.<" not in report
    assert "Fewer mails." in report


def test_the_report_comes_with_what_was_of_the_own_team(
    sign_in: SignIn, ended: Any, officer: Any, chile: Any, rep_chl: Any, rep_jam: Any, lead_chl: Any
) -> None:
    assert page(sign_in(rep_chl), "report/").status_code == 404
    with scope(PROGRAMME):
        advice = Recommendation(text="Write a list of calls", institution="The port", due_on=today(), state=chile)
        recommend(exercise=ended, recommendation=advice, by=officer)
        move(exercise=ended, verb="report", by=officer)

    for reader in (rep_chl, lead_chl):
        client = sign_in(reader)
        for path in ("report/", "report.pdf", "timeline.csv", "timeline.xlsx"):
            said = words_of(b"".join(page(client, path)))
            assert "Jamaica" not in said, path
            assert "Chile calls." in said, path
    assert "Write a list of calls" in page(sign_in(lead_chl), "report/").content.decode()
    assert "Write a list of calls" in sign_in(lead_chl).get("/recommendations/").content.decode()
    assert "Write a list" not in page(sign_in(rep_jam), "report/").content.decode()
    with scope(PROGRAMME):
        told = Mail.objects.filter(kind="exercise reported").values_list("person", flat=True)
        assert set(told) == {rep_chl.pk, rep_jam.pk, lead_chl.pk}


def test_the_timeline_tells_moments_and_where_it_stands(sign_in: SignIn, ended: Any, officer: Any) -> None:
    client = sign_in(officer)
    rows = load_workbook(BytesIO(page(client, "timeline.xlsx").getvalue())).active.iter_rows(values_only=True)
    lines = [dict(zip(heading, row, strict=True)) for heading in [next(rows)] for row in rows]

    assert {type(line["Time"]) for line in lines} == {datetime}
    assert {(line["Id"], line["Link"]) for line in lines} == {
        ("exercise-ceiba", f"{settings.SITE_URL}/exercises/exercise-ceiba/report/")
    }


def test_liaisons_report_on_a_recommendation_of_an_exercise(
    sign_in: SignIn, ended: Any, officer: Any, chile: Any, lead_chl: Any
) -> None:
    with scope(PROGRAMME):
        advice = Recommendation(text="Write a list", institution="The port", due_on=today(), state=chile)
        recommend(exercise=ended, recommendation=advice, by=officer)
        assert not Recommendation.objects.visible_to(lead_chl).exists()
        move(exercise=ended, verb="report", by=officer)
    sign_in(lead_chl).post(
        f"/recommendations/{advice.pk}/report/", {"status": "implemented", "evidence": "The list is there."}
    )

    shown = sign_in(officer).get(f"/recommendations/{advice.pk}/").content.decode()
    assert "The list is there." in shown
    assert "Exercise Ceiba" in shown
    with scope(PROGRAMME):
        assert Mail.objects.filter(kind="recommendation reported", person=officer).count() == 1


def test_a_published_report_stays(sign_in: SignIn, ended: Any, officer: Any) -> None:
    with scope(PROGRAMME):
        move(exercise=ended, verb="report", by=officer)
    words = {"summary": "Other words", "edited": "0"}
    shown = sign_in(officer).post("/exercises/exercise-ceiba/report/edit/", words)

    assert "The report is published" in shown.content.decode()
    assert again_in_programme(ended).status == "reported"


def again_in_programme(exercise: Any) -> Any:
    with scope(PROGRAMME):
        return again(exercise)


def test_the_activity_leads_to_its_exercise(sign_in: SignIn, exercise: Any, officer: Any) -> None:
    with scope(PROGRAMME):
        activity = Activity.objects.get(exercise=exercise)
    assert "Exercise Ceiba" in sign_in(officer).get(activity.get_absolute_url()).content.decode()
