"""What programs read of alerts, and answer to them."""

import pytest

from common.scope import reach_of, scope
from common.tlp import Tlp
from csirt_network.models import Acknowledgement, Alert, Indicator, Sighting
from tests.factories.alerts import make_alert, to_team

pytestmark = pytest.mark.django_db
KEY = "00000000-0000-0000-0000-000000000009"


@pytest.fixture
def alert(manager, csirt_chl):
    made = make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager)
    with scope(reach_of(manager)):
        Indicator.objects.create(alert=made, kind="domain", value="bad.example")
    return made


def test_an_alert_says_its_label_and_its_indicators(program_of, alert, rep_chl):
    program = program_of(rep_chl)

    (listed,) = program.get("alerts/?tlp=AMBER").json()["results"]
    one = program.get(f"alerts/{alert.pk}/").json()
    assert (listed["tlp"], one["pap"], one["happening_en"]) == ("AMBER", "AMBER", "Messages promise a refund.")
    assert [indicator["value"] for indicator in one["indicators"]] == ["bad.example"]


def test_an_alert_says_what_it_quotes_and_how_it_ended(program_of, alert, rep_chl, rep_jam, manager):
    closed = {"closed_at": alert.published_at, "closing": "The pages are gone."}
    quoting = make_alert(Tlp.GREEN, by=manager, **closed)
    with scope(reach_of(manager)):
        quoting.quotes.add(alert)

    told = {person: program_of(person).get(f"alerts/{quoting.pk}/").json() for person in (rep_chl, rep_jam)}

    assert [told[person]["quotes"] for person in (rep_chl, rep_jam)] == [[alert.pk], []]
    assert told[rep_chl]["closing"] == "The pages are gone."


def test_a_program_answers_for_its_team(program_of, alert, rep_chl):
    program = program_of(rep_chl, "read", "submit")
    for answer in ("checking", "checking", "affected"):
        response = program.post(f"alerts/{alert.pk}/acknowledge/", {"answer": answer})
        assert response.status_code == 200, response.content

    with scope(reach_of(rep_chl)):
        assert list(Acknowledgement.objects.standing().values_list("answer", flat=True)) == ["affected"]
        assert Acknowledgement.objects.count() == 2


def test_a_program_reports_a_sighting_once(program_of, alert, rep_chl):
    program = program_of(rep_chl, "read", "submit")
    body = {"indicator": None, "kind": "seen", "count": 4, "seen_on": "2026-11-01"}
    for code in (201, 200):
        response = program.post(f"alerts/{alert.pk}/sightings/", body, Idempotency_Key=KEY)
        assert response.status_code == code, response.content

    with scope(reach_of(rep_chl)):
        assert Sighting.objects.get().count == 4


@pytest.mark.parametrize("body", [{}, {"answer": "nonsense"}, {"answer": "help", "side": "77"}, [], {"answer": ["x"]}])
def test_nonsense_is_answered_with_a_sentence(program_of, alert, rep_chl, body):
    response = program_of(rep_chl, "submit").post(f"alerts/{alert.pk}/acknowledge/", body)

    assert response.status_code == 400
    assert response.json()["errors"][0]["detail"].endswith(".")


def test_a_closed_alert_takes_no_answer(program_of, alert, rep_chl, manager):
    with scope(reach_of(manager)):
        Alert.objects.filter(pk=alert.pk).update(closed_at=alert.published_at)

    response = program_of(rep_chl, "submit").post(f"alerts/{alert.pk}/acknowledge/", {"answer": "help"})
    assert response.status_code == 409
