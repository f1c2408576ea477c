"""No log holds what opens a link."""

import logging

import pytest
from django.conf import settings

from oas_cyber.logs import WithoutSecrets

TOKEN = "abc-DEF_123"


@pytest.mark.parametrize("path", [f"/colleague/link/{TOKEN}/", f"/sign-in/link/{TOKEN}/"])
def test_the_token_of_a_link_is_left_out(path):
    for message, args in (("%s: %s", ("Not Found", path)), (f"Forbidden (CSRF token missing): {path}", ())):
        record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, args, None)

        assert WithoutSecrets().filter(record)
        assert TOKEN not in record.getMessage()
        assert "/link/" in record.getMessage()


def test_every_handler_leaves_it_out():
    for handler in settings.LOGGING["handlers"].values():
        assert "without_secrets" in handler["filters"]
