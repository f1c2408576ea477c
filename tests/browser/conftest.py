"""Chromium against the portal's own processes. What a test writes is committed, and swept away after its module."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from accounts.models import User
from oas_cyber.published import load_published
from tests.browser.portal import Portal, empty_tables
from tests.browser.sample import Sample
from tests.browser.visitor import SECONDS, Visitor
from tests.conftest import as_owner

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "The browser tests need Chromium: apt-get install chromium, or set CHROMIUM to its path."
QUIETLY = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --no-first-run"

expect.set_options(timeout=SECONDS * 1000)


def pytest_itemcollected(item: pytest.Item) -> None:
    if "/browser/" in item.nodeid:
        item.add_marker("e2e")
        item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture
def _django_db_helper(portal: Portal) -> None:
    """In place of pytest-django's, which would empty the tables after every test."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.fail(NO_BROWSER)
    return {**browser_type_launch_args, "executable_path": found, "args": QUIETLY.split()}


@pytest.fixture(scope="package")
def portal(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        portal = Portal(tmp_path_factory.mktemp("portal"))
        try:
            portal.start()
            portal.wait()
            yield portal
        finally:
            portal.stop()
            with as_owner():
                empty_tables()


@pytest.fixture(scope="module")
def published(portal: Portal) -> None:
    """The published data, and nobody yet."""
    with as_owner():
        empty_tables()
    portal.sample = None
    portal.mailbox.empty()
    load_published()


@pytest.fixture(scope="module")
def sample(portal: Portal, request: pytest.FixtureRequest) -> Any:
    """The published data with the people and figures of the trial; loaded once for all modules that follow."""
    if portal.sample is None:
        request.getfixturevalue("published")
        portal.sample = Sample(portal)
    return portal.sample


@pytest.fixture(scope="module")
def worker(portal: Portal, published: None) -> Iterator[Portal]:
    """The portal with a Celery worker, which ends with the module: nothing is written when its tables are emptied."""
    portal.start_worker()
    yield portal
    portal.end_worker()


@pytest.fixture
def visit(browser: Browser, portal: Portal) -> Iterator[Callable[..., Visitor]]:
    """visit(person) is that person at a browser of their own, signed in; visit() somebody who is not."""
    visitors = []

    def _visit(person: User | None = None, language: str = "", **options: Any) -> Visitor:
        language = language or (person.language if person else "en")
        visitor = Visitor(browser, portal, language, **options)
        visitors.append(visitor)
        return visitor.sign_in(person) if person else visitor

    yield _visit
    for visitor in visitors:
        visitor.context.close()
    faults = [fault for visitor in visitors for fault in visitor.faults]
    assert not faults, "The browser complained:\n" + "\n".join(faults)
