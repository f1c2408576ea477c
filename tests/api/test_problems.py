"""Whatever goes wrong below /api/ is told as a problem (RFC 9457), by whichever part of the portal refuses it."""

import pytest

from common.api.problems import MEDIA_TYPE

pytestmark = pytest.mark.django_db
SEND = "/api/v1/updates/chile/2026-2/submit/"
KEY = "00000000-0000-0000-0000-000000000009"


@pytest.fixture
def ask(program_of, lead_chl, update_chl):
    program = program_of(lead_chl, "read", "submit")
    headers = {"Authorization": f"Bearer {program.secret}", "Idempotency-Key": KEY}

    def _ask(method, path, body="", kind="application/json", **more):
        return program.client.generic(method, path, body, content_type=kind, headers=headers | more)

    return _ask


@pytest.mark.parametrize(
    ("status", "method", "path", "more"),
    [
        (400, "POST", SEND, {"body": "{"}),
        (400, "POST", SEND, {"body": '{"answers": "\\ud800"}'}),
        (400, "POST", SEND, {"body": "[" * 100_000}),
        (400, "POST", SEND, {"body": "[]"}),
        (400, "GET", "/api/v1/states/?nonsense=1", {}),
        (400, "GET", "/api/v1/states/?cursor=made-up", {}),
        (401, "GET", "/api/v1/states/", {"Authorization": "Bearer nonsense"}),
        (403, "GET", "/api/v1/", {}),
        (404, "GET", "/api/v1/nowhere/", {}),
        (404, "GET", "/api/v1/states/atlantis/", {}),
        (404, "POST", "/api/v2/states/", {}),
        (404, "GET", "/api/v1/states/%00/", {}),
        (405, "DELETE", "/api/v1/states/", {}),
        (405, "POST", "/api/v1/states/", {"body": "{}"}),
        (405, "OPTIONS", "/api/v1/states/", {}),
        (406, "GET", "/api/v1/states/", {"Accept": "text/html"}),
        (415, "POST", SEND, {"body": "answers=1", "kind": "application/x-www-form-urlencoded"}),
    ],
)
def test_every_refusal_is_a_problem(ask, status, method, path, more):
    answer = ask(method, path, **more)

    assert (answer.status_code, answer["Content-Type"]) == (status, MEDIA_TYPE)
    problem = answer.json()
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert problem["title"]
    assert problem["detail"].endswith(".")
    assert "RateLimit" in answer
    assert answer["Cache-Control"] == "no-store, private"


def test_another_way_of_asking_is_named(ask):
    assert ask("DELETE", "/api/v1/states/")["Allow"] == "GET, HEAD, OPTIONS"


def test_a_fault_of_ours_is_a_problem_too(program_of, lead_chl, monkeypatch):
    def fail(*_args):
        raise RuntimeError("as a test wants it")

    monkeypatch.setattr("member_states.api.StateViewSet.rows", fail)
    program = program_of(lead_chl)
    program.client.raise_request_exception = False

    answer = program.get("states/")

    assert (answer.status_code, answer["Content-Type"]) == (500, MEDIA_TYPE)
    assert answer.json()["reference"] == answer["X-Request-Id"]
    assert "as a test" not in answer.content.decode()


def test_a_page_of_people_is_no_problem(client):
    assert client.get("/nowhere/")["Content-Type"].startswith("text/html")
