"""No log holds what opens something by itself: neither the portal's nor the proxy's, whatever page was added last."""

import logging
import re

import pytest
from django.conf import settings

from oas_cyber.logs import WithoutSecrets
from tests.access.routes import ARGUMENT, routes
from tests.house.sources import ROOT

TOKEN = "abc-DEF_123"
OPENING = sorted({route for route, _method in routes() if re.search(r"<str:token>|<key>", route)})
PROXY = re.compile(re.search(r'request>uri regexp "(.+)" "\$1-"', (ROOT / "deploy/Caddyfile").read_text())[1])


def path_of(route):
    return "/" + ARGUMENT.sub(lambda found: TOKEN if found[1] in ("token", "key") else "x", route)


def left_by_the_proxy(address):
    return PROXY.sub(lambda found: f"{found[1] or ''}-", address)


def test_the_addresses_that_open_something_are_known():
    assert {"calendars/<str:token>/activities.ics", "password/new/<uidb36>-<key>/"} <= set(OPENING)
    assert len(OPENING) >= 14


@pytest.mark.parametrize("route", OPENING)
def test_what_opens_it_is_left_out(route):
    path = path_of(route)
    for message, args in (("%s: %s", ("Not Found", path)), (f"Forbidden (CSRF token missing): {path}", ())):
        record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, args, None)

        assert WithoutSecrets().filter(record)
        assert TOKEN not in record.getMessage()
    assert TOKEN not in left_by_the_proxy(path) + left_by_the_proxy(f"/es{path}?in=es")


def test_other_addresses_are_told_by_the_proxy_without_what_was_searched_for():
    assert left_by_the_proxy("/activities/oas-2012/participants/") == "/activities/oas-2012/participants/"
    assert left_by_the_proxy("/search/?q=ministry&kind=answer") == "/search/-"


def test_every_handler_leaves_it_out():
    for handler in settings.LOGGING["handlers"].values():
        assert "without_secrets" in handler["filters"]
