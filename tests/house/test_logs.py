"""The log says what happened, where and to which number; never what somebody is called, wrote or was told."""

import json
import logging

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test import override_settings

from accounts.actions import make_token, revoke_token
from common.events import account_of, note
from common.scope import NOTHING, scope
from notices.tasks import sweep
from oas_cyber.logs import JsonLines
from tests.house.written import lines, told, written

pytestmark = pytest.mark.django_db
SECRET = "CANARY-CHL-DRAFT-said."


def test_an_exception_is_told_by_its_kind_and_place(client, monkeypatch):
    def breaks(request):
        try:
            raise IntegrityError(f"Key (email)=(ana@example.org) already exists: {SECRET}")
        except IntegrityError as error:
            raise ValueError(SECRET) from error

    monkeypatch.setattr("oas_cyber.guide.views.groups_of", lambda user: breaks(user))
    client.raise_request_exception = False
    with written() as kept:
        response = client.get("/help/")

    line = next(line for line in lines(kept) if line["level"] == "ERROR")
    assert (line["error"], line["route"]) == (["ValueError", "IntegrityError"], "help")
    assert any("test_logs" in place for place in line["at"])
    assert SECRET not in kept.getvalue()
    assert "ana@" not in kept.getvalue()
    assert response.status_code == 500
    assert line["request"] == response["X-Request-Id"]
    assert line["request"] in response.content.decode()


def test_a_task_that_breaks_quotes_nothing(monkeypatch):
    def breaks():
        raise ValueError(SECRET)

    monkeypatch.setattr(sweep, "run", breaks)
    with written() as kept:
        sweep.apply()

    (line,) = [line for line in lines(kept) if line["level"] == "ERROR"]
    assert line["error"] == ["ValueError"]
    assert "notices.tasks.sweep" in line["message"]
    assert SECRET not in kept.getvalue()


def test_a_program_is_told_the_reference_too(client, monkeypatch):
    def breaks(*_):
        raise ValueError(SECRET)

    monkeypatch.setattr("oas_cyber.api_pages.render", breaks, raising=False)
    monkeypatch.setattr("common.middleware.reach_of", breaks)
    client.raise_request_exception = False
    response = client.get("/api/v1/states/")

    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["reference"] == response["X-Request-Id"]


def test_who_is_refused_finds_the_reference_on_the_page(sign_in, lead_chl):
    response = sign_in(lead_chl).get("/region/")

    assert response.status_code == 403
    assert response["X-Request-Id"] in response.content.decode()


def test_no_visitor_chooses_a_reference(client):
    assert client.get("/help/", headers={"x-request-id": "mine"})["X-Request-Id"] != "mine"


def test_a_line_is_one_line_whatever_was_sent(client):
    with written() as kept:
        client.get("/help/%0d%0a%7b%22level%22:%22forged%22%7d/", headers={"host": "testserver"})

    assert all(json.loads(line)["level"] != "forged" for line in kept.getvalue().splitlines())


def test_times_are_utc():
    record = logging.LogRecord("x", logging.INFO, "", 1, "said", (), None)
    record.created = 0.0

    assert json.loads(JsonLines().format(record))["time"] == "1970-01-01T00:00:00.000+00:00"


# What must be told -------------------------------------------------------------------------------------------------


def test_signing_in_and_failing_to_is_told(client, lead_chl):
    lead_chl.set_password("seven green lamps by a river")
    lead_chl.save()
    with written() as kept:
        client.post("/sign-in/", {"login": lead_chl.email, "password": "wrong and long enough"})
        client.post("/sign-in/", {"login": lead_chl.email, "password": "seven green lamps by a river"})
        client.post("/sign-out/")

    assert [line["tried"] for line in told(kept, "sign-in refused")] == [account_of(lead_chl.email)]
    assert [line["account"] for line in told(kept, "signed in")] == [lead_chl.pk]
    assert [line["account"] for line in told(kept, "signed out")] == [lead_chl.pk]
    assert lead_chl.email not in kept.getvalue()


def test_a_proof_that_fails_is_told(sign_in, lead_chl):
    lead_chl.set_password("seven green lamps by a river")
    lead_chl.save()
    client = sign_in(lead_chl)
    with written() as kept:
        client.post("/confirm/password/", {"password": "wrong and long enough"})

    (line,) = told(kept, "proof refused")
    assert (line["route"], line["person"]) == ("account_reauthenticate", lead_chl.pk)


def test_tokens_made_and_revoked_are_told(lead_chl):
    with written() as kept:
        token, secret = make_token(name="nightly", scopes=["read"], days=9, by=lead_chl)
        revoke_token(token=token, by=lead_chl)
        revoke_token(token=token, by=lead_chl)

    assert [line["token"] for line in told(kept, "token made")] == [token.pk]
    assert [line["token"] for line in told(kept, "token revoked")] == [token.pk]
    assert secret not in kept.getvalue()


@pytest.mark.parametrize(
    ("address", "status", "route"), [("/region/", 403, "region"), ("/states/x/", 404, "state-detail")]
)
def test_a_denial_is_told_by_its_route(sign_in, lead_chl, address, status, route):
    with written() as kept:
        sign_in(lead_chl).get(address)

    (line,) = told(kept, "denied")
    assert (line["status"], line["route"], line["person"]) == (status, route, lead_chl.pk)


def test_what_the_wall_refuses_is_an_alert():
    with written() as kept:
        try:
            with scope(NOTHING), connection.cursor() as cursor:
                cursor.execute("TRUNCATE capability_draftanswer CASCADE")
        except DatabaseError as error:
            logging.getLogger("x").error("it broke", exc_info=error)

    (line,) = told(kept, "it broke")
    assert (line["sqlstate"], line["alert"]) == ("42501", "the wall refused")


def test_events_are_numbers_and_names_of_routes():
    with written() as kept:
        note("tried", account=None, number=7)

    (line,) = told(kept, "tried")
    assert line["number"] == 7
    assert "account" not in line


# Figures -----------------------------------------------------------------------------------------------------------

TOKEN = "a token for the monitor"


def test_metrics_are_for_whoever_knows_the_token(client, update_chl):
    with override_settings(METRICS_TOKEN=TOKEN):
        assert client.get("/metrics/").status_code == 404
        assert client.get("/metrics/", headers={"authorization": "Bearer wrong"}).status_code == 404
        page = client.get("/metrics/", headers={"authorization": f"Bearer {TOKEN}"})

    assert page.status_code == 200
    text = page.content.decode()
    for figure in ("oas_jobs{", "oas_oldest_waiting_seconds{", "oas_seal_age_seconds ", "oas_requests_total{"):
        assert figure in text
    assert "hile" not in text


def test_without_a_token_there_are_no_metrics(client):
    with override_settings(METRICS_TOKEN=""):
        assert client.get("/metrics/", headers={"authorization": "Bearer "}).status_code == 404
