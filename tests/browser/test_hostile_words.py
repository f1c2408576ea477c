"""Every word that people wrote is one that would run, were it put on a page as it is: every page is opened, none runs.

OAS_TEXTS=100 opens every page with every kind of word; else each page is opened once, each column with another word.
"""

import itertools
import os
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from playwright.sync_api import Browser, Dialog

from tests.access.hostile import SCRIPTS
from tests.browser.pages import PLACES
from tests.browser.sample import Sample
from tests.browser.visitor import Visitor
from tests.conftest import as_owner
from tests.house.sources import APPS

ROUNDS = -(-len(SCRIPTS) * int(os.environ.get("OAS_TEXTS", "1")) // 100)
# What the portal itself reads: not words of people.
KEPT = (
    "password",
    "code",
    "slug",
    "question",
    "digest",
    "language",
    "key",
    "model",
    "status",
    "page",
    "sha256",
    "url",
    "host",
)
# An object is JSON whatever it says: of its words the name is hostile.
OBJECT = ("exchange_stixobject", "body")
NAME_WITHIN = "jsonb_set(body::jsonb, '{name}', to_jsonb(%s::text))::text"
ELEMENTS = "main script:not([src]), iframe, base[href], [onerror], [onload], [ontoggle], [onfocus], [onbegin]"
NOT_WORDS = (models.URLField, models.EmailField, models.SlugField, models.UUIDField, models.FileField)


def columns() -> Iterator[tuple[str, str, int]]:
    """(table, column, room) of everything that holds free words."""
    for model in apps.get_models():
        tied = {name for constraint in model._meta.constraints for name in getattr(constraint, "fields", ())}
        for field in model._meta.local_fields if model._meta.app_label in APPS else ():
            is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, NOT_WORDS)
            room = field.max_length or 500
            if is_text and not field.choices and not field.unique and room >= 60 and field.name not in {*KEPT, *tied}:
                yield model._meta.db_table, field.column, room


def write(turn: int) -> int:
    """As the owner of the tables, past every lock, so that also what is written once is hostile."""
    written = 0
    with as_owner(), connection.cursor() as cursor:
        for table, column, room in columns():
            text = SCRIPTS[(zlib.crc32(f"{table}.{column}".encode()) + turn) % len(SCRIPTS)][:room]
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            words = NAME_WITHIN if (table, column) == OBJECT else "%s"
            cursor.execute(f"UPDATE {table} SET {column} = {words} WHERE {column} <> ''", [text])  # noqa: S608 - names of ours
            written += cursor.rowcount
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return written


@pytest.fixture
def hostile(sample: Sample) -> Iterator[Sample]:
    yield sample
    sample.portal.sample = None  # whoever comes next loads it anew


OPENED = itertools.count()


@pytest.fixture(autouse=True, scope="module")
def figures(record_testsuite_property: Any) -> Iterator[None]:
    """For `dev.py prove hostile`."""
    yield
    record_testsuite_property("pages", next(OPENED))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_no_page_runs_what_people_wrote(turn: int, hostile: Sample, browser: Browser) -> None:
    people = {who: hostile.person(who) for who in dict.fromkeys(place.who for place in PLACES) if who}
    paths = [(place, hostile.path(place)) for place in PLACES]
    assert write(turn) > 500
    visitors: dict[str, Visitor] = {}
    dialogs: list[str] = []
    faults = []
    for place, path in paths:
        if place.who not in visitors:
            visitors[place.who] = Visitor(browser, hostile.portal, "en")
            visitors[place.who].page.on("dialog", lambda dialog: close(dialog, dialogs))
            if place.who:
                visitors[place.who].come_back(people[place.who])
        faults += opened(visitors[place.who], place, path)
    for visitor in visitors.values():
        faults += visitor.faults
        visitor.context.close()

    assert not dialogs
    assert not faults, "\n".join(faults)


def close(dialog: Dialog, dialogs: list[str]) -> None:
    dialogs.append(dialog.message)
    dialog.dismiss()


def opened(visitor: Visitor, place: Any, path: str) -> list[str]:
    with visitor.expecting(rf"status of {place.status} ") if place.status != 200 else visitor.expecting("^$"):
        answer = visitor.page.goto(path)
    next(OPENED)
    status = answer.status if answer else 0
    is_ours = not path.startswith("/administration/")  # Django's own pages hold some of their own
    strange = visitor.page.locator(ELEMENTS).count() if is_ours else 0
    found = [] if status == place.status else [f"{place}: {status}"]
    is_out = "/sign-in/" in visitor.page.url and "/sign-in/" not in path
    found += [f"{place}: was sent to sign in"] if is_out else []
    return found + ([f"{place}: {strange} elements that nobody of ours put there"] if strange else [])
