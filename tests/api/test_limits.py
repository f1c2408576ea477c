"""What a program may ask is told with every answer; beyond it, it is told how long to wait."""

import pytest

from accounts.api_limits import Spent, beyond

pytestmark = pytest.mark.django_db


def test_every_answer_says_what_is_left(program_of, lead_chl, update_chl):
    program = program_of(lead_chl, "read", "submit")
    read, missing = program.get("states/"), program.get("nowhere/")
    sent = program.post("updates/chile/2026-2/submit/", {"answers": []})

    assert read["RateLimit-Policy"] == '"read-token";q=600;w=60, "read-account";q=1200;w=60'
    assert read["RateLimit"].startswith('"read-token";r=599;t=')
    assert '"read-token";r=598' in missing["RateLimit"]
    assert '"submit-token";r=59' in sent["RateLimit"]


def test_who_shows_no_token_is_counted_by_address(client, settings):
    settings.API_LIMITS = settings.API_LIMITS | {"address": (1, 3600)}

    first, second = client.get("/api/v1/states/"), client.get("/api/v1/states/")

    assert (first.status_code, first["RateLimit-Policy"]) == (401, '"address";q=1;w=3600')
    assert (second.status_code, second["Content-Type"]) == (429, "application/problem+json")
    assert 0 < int(second["Retry-After"]) <= 3600


def test_ten_tokens_of_one_account_do_not_multiply_what_it_may_ask(program_of, lead_chl, lead_jam, settings):
    settings.API_LIMITS = settings.API_LIMITS | {"read-account": (2, 3600)}

    codes = [program_of(lead_chl).get("states/").status_code for _token in range(3)]

    assert codes == [200, 200, 429]
    assert program_of(lead_jam).get("states/").status_code == 200


def test_reading_and_sending_are_counted_apart(program_of, lead_chl, update_chl, settings):
    settings.API_LIMITS = settings.API_LIMITS | {"read-token": (0, 3600)}
    program = program_of(lead_chl, "read", "submit")

    assert program.get("states/").status_code == 429
    assert program.post("updates/chile/2026-2/submit/", {"answers": []}).status_code == 400


def test_what_cannot_be_counted_is_not_told(program_of, lead_chl, settings):
    away = {"LOCATION": "unix:///nowhere/valkey.sock"}
    settings.CACHES = {"default": settings.CACHES["default"] | away}

    answer = program_of(lead_chl).get("states/")

    assert answer.status_code == 200
    assert "RateLimit" not in answer


def test_searching_is_counted_together_with_the_page(program_of, lead_chl, lead_jam, sign_in, monkeypatch):
    for module in ("search.views", "search.api"):
        monkeypatch.setattr(f"{module}.MOST_A_MINUTE", 2)
    one, other = program_of(lead_chl), program_of(lead_chl)

    answers = [one.get("search/?q=chile"), other.get("search/?q=chile"), one.get("search/?q=chile")]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert sign_in(lead_chl).get("/search/?q=chile").status_code == 429
    assert one.get("search/").status_code == 400  # nothing was looked for
    assert program_of(lead_jam).get("search/?q=chile").status_code == 200


@pytest.mark.parametrize("path", ["search/?q=chile", f"certificates/{'0' * 20}/"])
def test_what_is_counted_by_itself_is_closed_while_nothing_can_be_counted(program_of, lead_chl, settings, path):
    away = {"LOCATION": "unix:///nowhere/valkey.sock"}
    settings.CACHES = {"default": settings.CACHES["default"] | away}

    answer = program_of(lead_chl).get(path)

    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer["Retry-After"] == "60"
    assert "Try again in a minute" in answer.json()["detail"]


def test_guesses_are_told_how_long_to_wait(stranger):
    answers = [stranger.get("states/") for _guess in range(31)]

    assert [answer.status_code for answer in answers] == [401] * 30 + [429]
    assert answers[-1]["Retry-After"] == "600"


def test_of_two_limits_that_are_passed_the_longer_counts():
    minute, hour = Spent("a", 1, 60, 2), Spent("b", 1, 3600, 2)

    assert beyond([minute, Spent("c", 1, 3600, 1)]) == minute
    assert beyond([minute, hour]) in (minute, hour)
    assert beyond([minute, hour]).wait == max(minute.wait, hour.wait)
    assert beyond([]) is beyond(None) is None
