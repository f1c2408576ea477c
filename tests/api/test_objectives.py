"""The five objectives in figures: as the front page has them, for staff as the page of the region; as open data too."""

import json

import pytest
from django.test import Client

from capability.models import CsirtStatus
from common.scope import PROGRAMME, scope
from tests.factories.csirt_network import make_team
from tests.factories.member_states import make_state
from tests.factories.partnerships import make_agreement, make_partner

pytestmark = pytest.mark.django_db
OF_STATES = {"states", "reached", "confirmed", "reported", "under_way"}


@pytest.fixture
def states(db):
    made = [make_state(f"state-{number}") for number in range(6)]
    with scope(PROGRAMME):
        make_team("A team", made[0])
        make_agreement("Known", make_partner("A partner"), audience="public")
        make_agreement("Among the staff", make_partner("Another"), audience="staff")
    say(made[:4])
    return made


def say(states):
    with scope(PROGRAMME):
        for state in states:
            CsirtStatus.objects.create(state=state, status="operational", audience="programme")


def figures(program):
    found = program.get("objectives/")
    assert found.status_code == 200, found.content
    return {
        (one["number"], figure["name"], figure["of"]): figure["value"]
        for one in found.json()
        for figure in one["figures"]
    }


def as_open_data():
    told = json.loads(Client().get("/open-data/objectives.json").content)["data"]
    return {(row["objective"], row["figure"], ""): row["number"] for row in told}


def test_of_fewer_than_five_states_nothing_is_said_but_to_the_staff(program_of, lead_chl, officer, states):
    of = 7  # the six and Chile
    told, live = figures(program_of(lead_chl)), figures(program_of(officer))

    assert [told[1, name, ""] for name in ("states", "reached", "reported")] == [of, None, None]
    assert [live[1, name, ""] for name in ("states", "reached", "reported")] == [of, 4, 4]
    assert [told[number, "states", ""] for number in (1, 2, 3, 4)] == [of] * 4


def test_everybody_is_told_what_the_front_page_says_and_no_more(program_of, lead_chl, states):
    say(states[4:5])
    told = figures(program_of(lead_chl))

    assert {name for _number, name, _of in told} == OF_STATES | {"agreements"}
    assert {of for _number, _name, of in told} == {""}
    assert (told[1, "reached", ""], told[3, "reached", ""], told[5, "agreements", ""]) == (5, 1, 1)


def test_the_staff_are_told_what_the_page_of_the_region_says(program_of, officer, states):
    live = figures(program_of(officer))

    assert (live[3, "teams", ""], live[5, "agreements", ""], live[1, "to_confirm", ""]) == (1, 2, 0)
    assert (live[5, "agreements", "private"], live[5, "partners", "government"]) == (2, 0)
    assert live[4, "people", "academia"] == 0


def test_open_data_are_the_visitors_figures_whoever_asks(program_of, lead_chl, officer, sign_in, states):
    say(states[4:5])
    table = sign_in(officer).get("/open-data/objectives.csv").content

    assert as_open_data() == figures(program_of(lead_chl))
    assert table == Client().get("/open-data/objectives.csv").content
    assert '5,"Ties with other organisations' in table.decode()
