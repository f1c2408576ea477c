"""Guessing is counted per account and per address, in the shared cache, and nobody learns who has an account."""

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth import hashers
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from redis.exceptions import ConnectionError as Away

from common.limits import within
from common.scope import PROGRAMME, scope
from notices.models import Mail
from notices.sending import write
from tests.factories.accounts import make_person
from tests.signing_in import sign_in_from_inside

PASSWORD = "seven grey herons at noon"
WRONG = "not my password at all"
REFUSED = "Too many attempts"


@pytest.fixture
def person(db: None) -> Any:
    return make_person("Ana Ejemplo", password=PASSWORD)


@pytest.fixture
def quick(settings: Any) -> None:
    """Where only the number of attempts matters."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def sign_in(client: Client, email: str, password: str, **headers: Any) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password}, **headers)


def got_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# Counting


def test_the_sixth_attempt_on_an_account_is_refused_even_with_the_password(client: Client, person: Any) -> None:
    for _ in range(5):
        assert REFUSED not in sign_in(client, person.email, WRONG).content.decode()

    assert REFUSED in sign_in(client, person.email, PASSWORD).content.decode()
    assert not got_in(client)


def test_a_stranger_does_not_lock_the_person_out(client: Client, person: Any) -> None:
    for _ in range(8):
        sign_in(Client(REMOTE_ADDR="203.0.113.9"), person.email, WRONG)

    sign_in(client, person.email, PASSWORD)
    assert got_in(client)


def test_many_addresses_together_do_not_guess_on(client: Client, quick: None, person: Any) -> None:
    for n in range(51):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{n}"), person.email, WRONG)

    assert REFUSED in sign_in(client, person.email, WRONG).content.decode()


def test_one_address_does_not_try_many_accounts(client: Client, quick: None, person: Any) -> None:
    for n in range(60):
        sign_in(client, f"nobody{n}@example.org", WRONG)

    assert sign_in(client, person.email, PASSWORD).status_code in (200, 429)
    assert not got_in(client)


def test_success_clears_nobodys_count(person: Any) -> None:
    other = make_person("Otto Other", password=PASSWORD)
    for _ in range(5):
        sign_in(Client(), person.email, WRONG)
    sign_in(Client(), other.email, PASSWORD)

    assert REFUSED in sign_in(Client(), person.email, PASSWORD).content.decode()


def test_a_claimed_address_is_not_believed(client: Client, person: Any) -> None:
    for n in range(5):
        sign_in(client, person.email, WRONG, headers={"X-Forwarded-For": f"198.51.100.{n}", "X-Real-IP": f"10.0.0.{n}"})

    assert REFUSED in sign_in(client, person.email, PASSWORD).content.decode()


def test_behind_one_proxy_the_address_it_saw_counts(client: Client, person: Any, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(5):
        claimed = {"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.9"}
        sign_in(client, person.email, WRONG, headers=claimed)

    assert (
        REFUSED in sign_in(client, person.email, PASSWORD, headers={"X-Forwarded-For": "203.0.113.9"}).content.decode()
    )


def test_the_count_is_in_the_shared_cache() -> None:
    assert type(cache).__module__ == "django.utils.connection"
    assert cache.__class__.__name__ == "ConnectionProxy"
    assert "redis" in type(cache._connections["default"]).__module__  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_while_the_cache_is_away_nobody_gets_in_and_is_told_why(client: Client, person: Any, name: str) -> None:
    with patch("redis.Redis.execute_command", side_effect=Away("away")):
        data = {"login": person.email, "password": PASSWORD, "email": person.email}
        response = client.post(reverse(name), data)

    assert response.status_code == 503
    assert "Try again in a few minutes" in response.content.decode()
    assert not got_in(client)


def test_within() -> None:
    assert [within(2, 600, of="test", by="a") for _ in range(3)] == [True, True, False]
    assert within(2, 600, of="test", by="b")


def test_tokens_are_not_guessed_on(client: Client, db: None) -> None:
    codes = [client.get("/api/v1/states/", headers={"Authorization": f"Bearer oas_{n}"}).status_code for n in range(32)]

    assert codes[:30] == [401] * 30
    assert codes[30:] == [429, 429]


# Who has an account


def page_of(response: Any) -> str:
    body = response.content.decode()
    for changing in ("csrfmiddlewaretoken", "nonce="):
        body = "\n".join(line for line in body.splitlines() if changing not in line)
    return body


def test_a_wrong_password_and_an_unknown_address_look_alike(person: Any) -> None:
    closed = make_person("Olga Closed", password=PASSWORD, is_active=False)
    without = make_person("Nora New")
    wanted = page_of(sign_in(Client(), person.email, WRONG)).replace(person.email, "")

    for email in ("nobody@example.org", closed.email, without.email):
        assert page_of(sign_in(Client(), email, WRONG)).replace(email, "") == wanted


def test_each_attempt_costs_one_hash(person: Any) -> None:
    closed = make_person("Olga Closed", password=PASSWORD, is_active=False)
    without = make_person("Nora New")
    costs = {}
    for email in (person.email, "nobody@example.org", closed.email, without.email):
        costs[email] = hashes_of(lambda email=email: sign_in(Client(), email, WRONG))

    assert set(costs.values()) == {1}


def hashes_of(act: Any) -> int:
    """However the library hashes: making one and checking one both end in the same function."""
    made, checked = [], []
    encode, verify = hashers.Argon2PasswordHasher.encode, hashers.Argon2PasswordHasher.verify
    with (
        patch.object(hashers.Argon2PasswordHasher, "encode", lambda *a: made.append(1) or encode(*a)),
        patch.object(hashers.Argon2PasswordHasher, "verify", lambda *a: checked.append(1) or verify(*a)),
    ):
        act()
    return len(made) + len(checked)


def test_asking_for_a_new_password_looks_alike_for_everybody(person: Any) -> None:
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email})
        for email in (person.email, "nobody@example.org")
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    with scope(PROGRAMME):
        assert [mail.kind for mail in Mail.objects.all()] == ["password forgotten"]


def link_of(person: Any) -> str:
    with scope(PROGRAMME):
        message = write(Mail.objects.get(person=person, kind="password forgotten"))
    assert message is not None
    return next(word for word in message.body.split() if "/password/new/" in word)


def test_a_new_password_neither_signs_in_nor_skips_the_second_factor(client: Client, person: Any) -> None:
    client.post(reverse("account_reset_password"), {"email": person.email})
    path = client.get(link_of(person).replace("http://localhost:8000", ""))["Location"]
    new = "eleven brown otters by night"

    client.post(path, {"password1": new, "password2": new})

    assert not got_in(client)
    sign_in(client, person.email, new)
    assert client.get("/profile/")["Location"] == reverse("mfa_index")


def test_the_session_has_another_id_after_signing_in(client: Client, person: Any) -> None:
    client.get(reverse("account_login"))
    client.session["x"] = 1
    client.session.save()
    before = client.session.session_key

    sign_in(client, person.email, PASSWORD)

    assert client.session.session_key != before


def test_searching_is_counted_per_person_and_per_address(client: Client, person: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("search.views.MOST_A_MINUTE", 2)
    sign_in_from_inside(client, person)

    assert [client.get("/search/?q=chile").status_code for _ in range(3)] == [200, 200, 429]
    assert [Client().get("/search/?q=chile").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/search/").status_code == 200
