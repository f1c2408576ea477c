"""A limit by address counts what one subscriber has: an address of IPv4, a whole /64 of IPv6."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.counting import network_of
from accounts.middleware import MOST_GUESSES
from csirt_network.views.feeds import MOST_GUESSES as MOST_FEED_GUESSES
from csirt_network.views.feeds import has_guessed_too_often
from exchange.machines import MOST_GUESSES as MOST_MACHINE_GUESSES
from search import views as search

pytestmark = pytest.mark.django_db
OTHER = "2001:db8:7:8::1"  # another network


def in_network(number: int) -> str:
    """Of 2001:db8:7:7::/64, another address for each number."""
    return f"2001:db8:7:7:{number + 1:x}::1"


def codes(ask: Any, times: int) -> list[int]:
    return [ask(in_network(number)) for number in range(times)]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:7:7:a::1", "2001:db8:7:7::"),
        ("2001:db8:7:7:ffff:ffff:ffff:ffff", "2001:db8:7:7::"),
        ("2001:db8:7:8::1", "2001:db8:7:8::"),
    ],
)
def test_what_is_counted(address, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_behind_a_proxy_the_network_it_saw_is_counted(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    headers = {"X-Forwarded-For": "198.51.100.1, 2001:db8:7:7:a::1"}

    assert network_of(RequestFactory().get("/", headers=headers)) == "2001:db8:7:7::"


def test_one_network_asks_the_api_without_a_token_no_more_often_than_one_address(settings):
    settings.API_LIMITS = settings.API_LIMITS | {"address": (2, 3600)}

    def ask(address: str) -> int:
        return Client(REMOTE_ADDR=address).get("/api/v1/states/").status_code

    assert codes(ask, 3) == [401, 401, 429]
    assert ask(OTHER) == 401


def test_tokens_are_guessed_by_one_network_as_by_one_address():
    def ask(address: str) -> int:
        headers = {"Authorization": "Bearer oas_made-up"}
        return Client(REMOTE_ADDR=address).get("/api/v1/states/", headers=headers).status_code

    assert codes(ask, MOST_GUESSES + 1) == [401] * MOST_GUESSES + [429]
    assert ask(OTHER) == 401


def test_machine_tokens_are_guessed_by_one_network_as_by_one_address():
    def ask(address: str) -> int:
        headers = {"Authorization": "Bearer made-up.guess", "Accept": "application/taxii+json;version=2.1"}
        return Client(REMOTE_ADDR=address).get("/taxii2/", headers=headers).status_code

    assert codes(ask, MOST_MACHINE_GUESSES + 1) == [401] * MOST_MACHINE_GUESSES + [429]
    assert ask(OTHER) == 401


def test_feeds_are_guessed_by_one_network_as_by_one_address():
    def ask(address: str) -> bool:
        browser = Client(REMOTE_ADDR=address)
        browser.get("/feeds/guessed/alerts.atom")
        return has_guessed_too_often(RequestFactory().get("/", REMOTE_ADDR=address))

    found = codes(ask, MOST_FEED_GUESSES)

    assert found == [False] * (MOST_FEED_GUESSES - 1) + [True]
    assert not ask(OTHER)


def test_visitors_of_one_network_search_no_more_often_than_one(monkeypatch):
    monkeypatch.setattr(search, "MOST_A_MINUTE", 2)

    def ask(address: str) -> int:
        return Client(REMOTE_ADDR=address).get("/search/?q=strategy").status_code

    assert codes(ask, 3) == [200, 200, 429]
    assert ask(OTHER) == 200


@pytest.mark.parametrize(
    ("limit", "page", "given"),
    [
        ("login_address", "account_login", {"login": "ana@example.org", "password": "a wrong password"}),
        ("reset_password", "account_reset_password", {"email": "ana@example.org"}),
    ],
)
def test_signing_in_and_new_passwords_are_counted_alike(settings, limit, page, given):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {limit: "2/10m/ip"}

    def is_let(address: str) -> bool:
        answer = Client(REMOTE_ADDR=address).post(reverse(page), given)
        return answer.status_code != 429 and "Too many" not in answer.content.decode()

    assert codes(is_let, 3) == [True, True, False]
    assert is_let(OTHER)
