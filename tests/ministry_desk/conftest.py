from typing import Any

import pytest
from django.test import Client

from tests.factories.ministry_desk import link_of, make_enquiry, open_link


@pytest.fixture(autouse=True)
def _outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def enquiry(update_chl: Any, lead_chl: Any) -> Any:
    return make_enquiry(update_chl, by=lead_chl)


@pytest.fixture
def link(enquiry: Any) -> str:
    return link_of(enquiry)


@pytest.fixture
def guest(link: str) -> Client:
    """Elena's browser, with the page of the questions open."""
    return open_link(link)
