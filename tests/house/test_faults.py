"""What a person is told while the database is away, and what becomes of what they typed."""

import json
import uuid

import psycopg2
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.urls import reverse

from oas_cyber.faults import AWAY
from tests.capability.filling import fill, make_threat_classes, url

SENTENCE = {"en": "It will be back shortly.", "es": "Volverá en breve.", "pt-br": "Ele volta"}


@pytest.fixture
def cut(monkeypatch):
    """The database goes away where the pages ask it for states or answers."""

    def _cut(where="capability.views.sending.submit_update", error=OperationalError):
        def breaks(*_args, **_known):
            raise error("server closed the connection unexpectedly")

        monkeypatch.setattr(where, breaks)

    return _cut


@pytest.fixture
def visitor(client, sign_in):
    client.raise_request_exception = False
    return sign_in


@pytest.mark.parametrize("error", AWAY)
@pytest.mark.parametrize("debug", [True, False])
def test_a_page_says_so_and_when_to_come_back(visitor, lead_chl, cut, error, debug, settings):
    settings.DEBUG = debug
    client = visitor(lead_chl)
    cut("accounts.middleware.ZoneInfo", error)

    answer = client.get(reverse("home"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer["Cache-Control"] == "no-store, private"
    assert "Content-Security-Policy" in answer
    assert SENTENCE["en"] in answer.content.decode()


@pytest.mark.parametrize("error", [ValueError, DatabaseError, IntegrityError])
def test_other_errors_stay_what_they_are(visitor, lead_chl, cut, error):
    client = visitor(lead_chl)
    cut("accounts.middleware.ZoneInfo", error)

    assert client.get(reverse("home")).status_code == 500


def test_a_session_cut_in_the_middle_of_an_answer_is_the_database_away_too(visitor, lead_chl, monkeypatch):
    def cut_off(*_words):
        raise DatabaseError("error with status PGRES_TUPLES_OK and no message from the libpq") from psycopg2.Error()

    client = visitor(lead_chl)
    monkeypatch.setattr("accounts.middleware.ZoneInfo", cut_off)

    assert client.get(reverse("home")).status_code == 503


@pytest.mark.parametrize("language", ["es", "pt-br"])
def test_it_speaks_as_the_person_reads_although_the_profile_cannot_be_asked(visitor, lead_chl, speaks, cut, language):
    speaks(lead_chl, language)
    client = visitor(lead_chl)
    client.get(reverse("home"))
    cut("accounts.middleware.ZoneInfo")

    answer = client.get(reverse("home"))

    assert answer["Content-Language"] == language
    assert SENTENCE[language] in answer.content.decode()


def test_what_was_posted_comes_back_with_its_key_to_be_sent_again(visitor, update_chl, lead_chl, cut, monkeypatch):
    make_threat_classes()
    fill(update_chl, by=lead_chl)
    client, key = visitor(lead_chl), str(uuid.uuid4())
    client.get(reverse("home"))  # from now on the browser is known
    with monkeypatch.context() as away:
        away.setattr("capability.views.sending.submit_update", _gone)
        answer = client.post(url(update_chl, "send"), {"key": key})

    words = answer.content.decode()
    assert answer.status_code == 503
    assert f'action="{url(update_chl, "send")}"' in words
    assert f'name="key" value="{key}"' in words
    assert client.post(url(update_chl, "send"), {"key": key})["Location"] == url(update_chl, "sent")


def _gone(**_known):
    raise InterfaceError("connection already closed")


def test_a_program_gets_a_problem(client, cut):
    client.raise_request_exception = False
    cut("accounts.middleware.token_of")

    answer = client.get("/api/v1/states/", headers={"authorization": "Bearer x"})

    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(answer.content)["detail"].endswith(".")
