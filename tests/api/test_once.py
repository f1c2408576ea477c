"""The same key again is the same thing, whatever it is that a program sends."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import SentKey
from accounts.tasks import forget_sent_keys
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from csirt_network.models import Sighting
from tests.factories.alerts import make_alert, to_team
from tests.factories.partnerships import make_agreement, make_contact, make_partner
from tests.factories.promises import make_commitment

pytestmark = pytest.mark.django_db
SEEN = {"kind": "seen", "count": 4, "seen_on": "2026-11-01"}


@pytest.fixture
def alert(manager, csirt_chl):
    return make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager)


@pytest.fixture
def send(program_of, alert, rep_chl):
    program = program_of(rep_chl, "read", "submit")

    def _send(key, body=SEEN, to=alert):
        return program.post(f"alerts/{to.pk}/sightings/", body, Idempotency_Key=str(key))

    return _send


def sightings(person):
    with scope(reach_of(person)):
        return Sighting.objects.count()


def test_the_same_key_gives_the_same_answer_and_does_nothing(send, rep_chl):
    key = uuid.uuid4()

    first, again = send(key), send(key)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert sightings(rep_chl) == 1


def test_something_else_with_the_same_key_is_refused(send, manager, csirt_chl, rep_chl):
    key, other = uuid.uuid4(), make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager)
    send(key)

    for answer in (send(key, SEEN | {"count": 5}), send(key, to=other)):
        assert answer.status_code == 422
        assert "new key" in answer.json()["detail"]
    assert sightings(rep_chl) == 1


def test_the_order_of_names_says_nothing_else(send):
    key = uuid.uuid4()
    send(key)

    assert send(key, dict(reversed(SEEN.items()))).status_code == 200


@pytest.mark.parametrize("key", ["", "7", "not-a-key"])
def test_a_key_is_needed(send, key, rep_chl):
    answer = send(key)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert sightings(rep_chl) == 0


def test_what_was_refused_may_be_mended_and_sent_with_the_same_key(send):
    key = uuid.uuid4()

    assert send(key, SEEN | {"count": -1}).status_code == 400
    assert send(key).status_code == 201


def test_nobody_is_told_what_another_sent_with_the_key(send, program_of, alert, analyst_chl, rep_chl):
    key = uuid.uuid4()
    send(key)

    other = program_of(analyst_chl, "read", "submit")
    answer = other.post(f"alerts/{alert.pk}/sightings/", SEEN, Idempotency_Key=str(key))

    assert answer.status_code in (201, 409)
    assert SentKey.objects.filter(person=rep_chl).count() == 1


def test_another_thing_with_the_key_of_a_colleague_is_not_lost_without_a_word(send, program_of, alert, analyst_chl):
    key = uuid.uuid4()
    send(key)

    other = program_of(analyst_chl, "read", "submit")
    answer = other.post(f"alerts/{alert.pk}/sightings/", SEEN | {"count": 9}, Idempotency_Key=str(key))

    assert answer.status_code == 409
    assert "count" not in answer.json()
    assert not SentKey.objects.filter(person=analyst_chl).exists()


def test_nor_is_another_delivery(program_of, officer):
    with scope(PROGRAMME):
        canada = make_partner("Government of Canada", kind="government")
        agreement = make_agreement("Canada CTCBP", canada, audience="public", owner=officer)
        commitment = make_commitment(agreement, due="2027-06")
    path, key = f"commitments/{commitment.pk}/deliveries/", str(uuid.uuid4())
    one, other = (program_of(make_contact(name, canada), "read", "submit") for name in ("Carla Canada", "Carl Canada"))
    said = {"what": "A workshop was held", "on": "2026-11-01", "link": "https://example.org/a", "fulfils": True}

    assert [one.post(path, said, Idempotency_Key=key).status_code for _ in range(2)] == [201, 200]
    assert other.post(path, said | {"what": "Twenty came"}, Idempotency_Key=key).status_code == 422
    assert other.post(path, said, Idempotency_Key=key).status_code == 201


def test_keys_are_forgotten_after_a_day_and_hold_no_words(send, rep_chl):
    key = uuid.uuid4()
    send(key, SEEN | {"note": "words of a team"})
    kept = SentKey.objects.values().get()
    assert "words" not in str(kept)

    SentKey.objects.update(made_at=timezone.now() - timedelta(hours=25))
    forget_sent_keys()

    assert not SentKey.objects.exists()
    assert send(key, SEEN | {"note": "words of a team"}).status_code in (201, 409)
    assert sightings(rep_chl) == 1
