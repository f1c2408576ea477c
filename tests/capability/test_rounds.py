"""Staff open and close rounds; the invited states are told."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from capability.actions.rounds import close_round
from capability.actions.rounds import open_round as reopen
from capability.models import Round, Update
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from notices.models import Mail
from review.actions import Refused
from tests.factories.capability import make_round, make_submitted, make_update
from tests.factories.member_states import make_state


@pytest.fixture
def cuba(db):
    return make_state("cuba", participates=False)


def given(edition, *states, **changes):
    return {
        "year": 2027,
        "number": 1,
        "period_from": today() - timedelta(days=180),
        "period_to": today(),
        "due_on": today() + timedelta(days=30),
        "edition": edition.pk,
        "states": [state.pk for state in states],
        "step": "confirm",
        **changes,
    }


def test_a_manager_opens_a_round_and_liaisons_are_told(sign_in, manager, edition, chile, lead_chl, deputy_chl, jamaica):
    response = sign_in(manager).post("/rounds/new/", given(edition, chile))

    assert response.status_code == 302
    assert response["Location"] == "/rounds/2027-1/"
    with scope(PROGRAMME):
        update = Update.objects.get()
        assert (update.state, update.status, update.answered) == (chile, "draft", 0)
        assert set(Mail.objects.values_list("kind", "object_id", "person")) == {
            ("round opened", update.pk, lead_chl.pk),
            ("round opened", update.pk, deputy_chl.pk),
        }


def test_states_that_take_part_are_chosen_and_the_others_named(sign_in, manager, edition, chile, cuba):
    page = sign_in(manager).get("/rounds/new/")

    boxes = {box.state: box for box in [b for boxes in page.context["form"].boxes().values() for b in boxes]}
    assert (boxes[chile].is_chosen, boxes[chile].participation) == (True, "")
    assert (boxes[cuba].is_chosen, boxes[cuba].participation) == (False, "Not participating")
    assert "(Not participating)" in page.content.decode()


def test_nothing_is_written_before_the_second_page(sign_in, manager, edition, chile, lead_chl, cuba):
    page = sign_in(manager).post("/rounds/new/", given(edition, chile, cuba, step="preview"))

    words = page.content.decode()
    assert page.status_code == 200
    assert "asks 2 states" in words
    assert "1 liaison gets a mail now" in words
    assert "1 state has no liaison yet" in words
    assert not Round.objects.exists()


def test_the_choice_is_kept_on_the_way_back(sign_in, manager, edition, chile, cuba):
    page = sign_in(manager).post("/rounds/new/", given(edition, cuba, step="edit"))

    boxes = [box for boxes in page.context["form"].boxes().values() for box in boxes]
    assert {box.state.slug: box.is_chosen for box in boxes} == {"chile": False, "cuba": True}


def test_a_bad_form_is_explained(sign_in, manager, edition, chile):
    wrong = {"due_on": today(), "period_to": today() - timedelta(days=200), "states": []}

    page = sign_in(manager).post("/rounds/new/", given(edition, **wrong))

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"due_on", "period_to", "states"}


def test_a_year_and_number_are_used_once(sign_in, manager, edition, chile):
    make_round(edition, by=manager, year=2027, number=1)

    page = sign_in(manager).post("/rounds/new/", given(edition, chile))

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"number"}


def test_a_round_is_opened_once(open_round, chile, manager):
    with scope(reach_of(manager)), pytest.raises(Refused, match="already opened"):
        reopen(round=open_round, states=[chile], by=manager)


def test_a_round_planned_in_the_administration_is_opened(sign_in, manager, edition, chile):
    planned = make_round(edition, by=manager, year=2027, number=1)
    Round.objects.filter(pk=planned.pk).update(opened_at=None, opened_by=None)

    response = sign_in(manager).post("/rounds/2027-1/open/", given(edition, chile))

    assert response.status_code == 302
    assert Round.objects.get().is_open


def test_closing_asks_first_and_says_who_is_missing(sign_in, manager, open_round, update_chl, update_jam, lead_jam):
    make_submitted(update_jam, by=lead_jam)
    client = sign_in(manager)

    page = client.get("/rounds/2026-2/close/")
    assert [row.state.slug for row in page.context["unsent"]] == ["chile"]
    assert Round.objects.get().is_open

    client.post("/rounds/2026-2/close/")
    closed = Round.objects.get()
    assert (closed.is_open, closed.closed_by) == (False, manager)
    with scope(reach_of(manager)), pytest.raises(Refused, match="not open"):
        close_round(round=closed, by=manager)


def test_a_round_counts_on_time_late_and_missing(sign_in, officer, open_round, update_chl, update_jam, lead_jam):
    make_submitted(update_jam, by=lead_jam)
    client = sign_in(officer)

    page = client.get("/rounds/2026-2/")
    assert [page.context[name] for name in ("sent", "on_time", "late", "missing")] == [1, 1, 0, 1]

    Round.objects.update(due_on=timezone.localdate() - timedelta(days=2))
    page = client.get("/rounds/2026-2/")
    assert [page.context[name] for name in ("sent", "on_time", "late", "missing")] == [1, 0, 1, 1]
    assert page.context["counts"] == {
        "accepted": 0,
        "submitted": 1,
        "returned": 0,
        "in_progress": 0,
        "not_started": 1,
    }


def test_the_list_of_rounds_counts_each_status(sign_in, officer, update_chl, update_jam, lead_jam):
    make_submitted(update_jam, by=lead_jam)

    (row,) = sign_in(officer).get("/rounds/").context["page"]

    assert (row.invited, row.in_review, row.not_started, row.accepted) == (2, 1, 1, 0)


def test_the_list_of_rounds_begins_with_the_newest(sign_in, officer, edition):
    for year, number in ((2025, 2), (2026, 1), (2024, 1), (2025, 1)):
        make_round(edition, by=officer, year=year, number=number)

    shown = sign_in(officer).get("/rounds/").context["page"]

    assert [row.slug for row in shown] == ["2026-1", "2025-2", "2025-1", "2024-1"]


def test_a_page_shows_ten_rounds_and_the_file_all(sign_in, officer, edition):
    for year in range(2015, 2026):
        make_round(edition, by=officer, year=year, number=1)
    client = sign_in(officer)

    assert len(client.get("/rounds/").context["page"]) == 10
    assert 'rel="next" href="?page=2"' in client.get("/rounds/").text
    assert [row.slug for row in client.get("/rounds/?page=2").context["page"]] == ["2015-1"]
    assert len(client.get("/rounds/?page=99").context["page"]) == 1
    assert b"".join(client.get("/rounds.csv").streaming_content).count(b"\n") == 12


def test_officers_look_and_managers_open(sign_in, officer, edition, open_round):
    client = sign_in(officer)

    assert client.get("/rounds/").status_code == 200
    assert client.get("/rounds/2026-2/").status_code == 200
    assert client.get("/rounds/new/").status_code == 403
    assert client.post("/rounds/2026-2/close/").status_code == 403


def test_liaisons_have_pages_of_their_own(sign_in, lead_chl, open_round):
    client = sign_in(lead_chl)

    assert [client.get(path).status_code for path in ("/rounds/", "/rounds/2026-2/")] == [403, 403]


def test_the_same_queries_for_one_state_and_thirty(sign_in, officer, open_round, update_chl, lead_chl, client):
    make_submitted(update_chl, by=lead_chl)
    sign_in(officer).get("/rounds/2026-2/")
    few = count_queries(client, "/rounds/2026-2/")
    for number in range(30):
        make_update(open_round, make_state(f"state-{number}"))

    assert count_queries(client, "/rounds/2026-2/") == few


def count_queries(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_a_new_round_follows_the_last_one(sign_in, manager, open_round):
    form = sign_in(manager).get("/rounds/new/").context["form"]

    assert (form["year"].value(), form["number"].value()) == (2027, 1)


def test_how_far_each_state_is_goes_into_a_file(sign_in, officer, manager, edition, chile, jamaica, lead_jam):
    round = make_round(edition, by=manager)
    waiting, sent = make_update(round, chile), make_update(round, jamaica)
    make_submitted(sent, by=lead_jam)
    client = sign_in(officer)

    rows = csv.DictReader(io.StringIO(b"".join(client.get(f"/rounds/{round.slug}.csv")).decode("utf-8-sig")))
    found = {row["State"]: row for row in rows}

    assert list(found) == ["Chile", "Jamaica"]
    assert (found["Chile"]["Status"], found["Chile"]["First sent"]) == ("Not started", "")
    assert (found["Jamaica"]["Status"], found["Jamaica"]["Timeliness"]) == ("Sent", "On time")
    assert found["Jamaica"]["Due"] == sent.due_on.isoformat()
    assert {row["Id"] for row in found.values()} == {str(waiting.pk), str(sent.pk)}
    assert found["Chile"]["Link"].endswith(waiting.get_absolute_url())
    assert f"/rounds/{round.slug}.xlsx" in client.get(f"/rounds/{round.slug}/").text
