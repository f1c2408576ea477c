"""The inbox: tabs that count what they list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from capability.actions.reviewing import decide
from capability.models import Answer, Update
from common.scope import PROGRAMME, reach_of, scope
from tests.factories.capability import make_accepted, make_submitted, make_update
from tests.factories.member_states import make_liaison, make_state


@pytest.fixture
def states(open_round):
    """One update in each tab, by tab."""
    return {
        tab: make_update(open_round, make_state(tab))
        for tab in ("in-review", "returned", "in-progress", "not-started", "accepted")
    }


@pytest.fixture
def world(states, lead_chl):
    make_submitted(states["in-review"], by=lead_chl)
    make_submitted(states["returned"], by=lead_chl)
    make_accepted(states["accepted"], by=lead_chl)
    with scope(PROGRAMME):
        Update.objects.filter(pk=states["returned"].pk).update(status="returned")
        Update.objects.filter(pk=states["in-progress"].pk).update(answered=4)
    return states


@pytest.mark.parametrize("tab", ["in-review", "returned", "in-progress", "not-started", "accepted"])
def test_each_tab_lists_what_it_counts(sign_in, officer, world, tab):
    page = sign_in(officer).get(f"/updates/?status={tab}")

    assert [row.state.slug for row in page.context["page"].object_list] == [tab]
    assert page.context["counts"][tab] == 1


def test_a_row_says_what_changed_and_who_decided(sign_in, officer, second_officer, world, django_user_model):
    update = world["in-review"]
    with scope(reach_of(second_officer)):
        answer = Answer.objects.filter(update=update, question="D1.1").select_related("update", "submission").get()
        decide(answer=answer, verdict="accept", comment="", by=second_officer, version=0)

    (row,) = sign_in(officer).get("/updates/").context["page"].object_list

    assert (row.changed, row.decided_by, row.days_waiting, row.last_number) == (27, ["Oscar Segundo"], 0, 1)


def test_filters_narrow_list_and_counts(sign_in, officer, update_chl, update_jam, lead_chl, lead_jam):
    make_submitted(update_chl, by=lead_chl)
    make_submitted(update_jam, by=lead_jam)
    client = sign_in(officer)

    page = client.get("/updates/?sub_region=Caribbean&round=2026-2")
    assert [row.state.slug for row in page.context["page"].object_list] == ["jamaica"]
    assert page.context["counts"]["in-review"] == 1
    assert "Clear filters" in page.content.decode()


def test_all_accepted_is_said(sign_in, officer, update_chl, update_jam, lead_chl, lead_jam):
    make_accepted(update_chl, by=lead_chl)
    make_accepted(update_jam, by=lead_jam)

    assert "All 2 updates are accepted" in sign_in(officer).get("/updates/").content.decode()


def test_without_a_round_it_says_so(sign_in, officer):
    assert "No update is open" in sign_in(officer).get("/updates/").content.decode()


def test_liaisons_have_no_inbox(sign_in, lead_chl, update_chl):
    assert sign_in(lead_chl).get("/updates/").status_code == 403


@pytest.mark.parametrize("role", ["manager", "officer", "observer"])
def test_the_same_few_queries_for_one_row_and_thirty(sign_in, request, role, open_round, lead_chl, update_chl):
    make_submitted(update_chl, by=lead_chl)
    client = sign_in(request.getfixturevalue(role))
    few = queries_of(client)
    for number in range(30):
        state = make_state(f"state-{number}")
        make_submitted(make_update(open_round, state), by=make_liaison(f"Lead {number}", state))

    assert queries_of(client) == few <= 10


def queries_of(client):
    """Without what opens and closes the transaction."""
    client.get("/updates/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/updates/?round=2026-2").status_code == 200
    return len([q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"] and "set_config" not in q["sql"]])
