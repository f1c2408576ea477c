"""A list is read while its file is made: some rows at a time, and what fails on the way is said in the last row."""

import tracemalloc
from datetime import date, timedelta

import pytest
from django.db import connection

from common import downloads
from common.scope import PROGRAMME, scope
from partnerships.models import ExchangeRate, Partner
from tests.factories.correspondence import make_note
from tests.factories.reporting import make_run
from tests.house.test_lists_out import table

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_at_once(monkeypatch):
    monkeypatch.setattr(downloads, "AT_ONCE", 2)


def deliveries(chile, officer):
    for number in range(5):
        run = make_run(chile, status="done")
        with scope(PROGRAMME):
            run.deliveries.create(person=officer, name=f"Reader {number}", language="en", state=chile)


def notes(chile, officer):
    for _number in range(5):
        make_note(chile, officer, status="issued")


class Breaking:
    """The database fails at the second question to a table."""

    def __init__(self, name):
        self.name, self.asked = name, 0

    def __call__(self, execute, sql, params, many, context):
        self.asked += f'FROM "{self.name}"' in sql
        return execute("SELECT 1/0" if self.asked == 2 else sql, None if self.asked == 2 else params, many, context)


@pytest.mark.parametrize(
    ("path", "make", "beside"),
    [("/reports/archive.csv", deliveries, "reporting_runfile"), ("/notes.csv", notes, "csirt_network_closedday")],
)
def test_what_fails_in_the_second_part_is_said_after_the_first(
    two_at_once, chile, officer, sign_in, path, make, beside
):
    make(chile, officer)
    client = sign_in(officer)

    with connection.execute_wrapper(Breaking(beside)):
        rows, _count = table(client, path)

    assert len(rows) == 1 + 2 + 1
    assert rows[-1][0].startswith("This file is incomplete: the portal could not read on after 2 rows.")


@pytest.mark.parametrize(("path", "make"), [("/reports/archive.csv", deliveries), ("/notes.csv", notes)])
def test_the_parts_make_a_whole(two_at_once, chile, officer, sign_in, path, make):
    make(chile, officer)

    assert len(table(sign_in(officer), path)[0]) == 1 + 5


def partners(officer, numbers):
    texts = {"kind": "private", "about_en": "x" * 1500, "source_note": "y" * 300}
    Partner.objects.bulk_create(Partner(slug=f"p-{n}", name_en=f"Partner {n}", **texts) for n in numbers)


def rates(officer, numbers):
    facts = {"base": "CAD", "quote": "USD", "rate": 1, "taken_from": "x" * 200, "entered_by": officer}
    ExchangeRate.objects.bulk_create(ExchangeRate(on=date(1990, 1, 1) + timedelta(n), **facts) for n in numbers)


@pytest.mark.parametrize(("path", "make"), [("/partners.csv", partners), ("/rates.csv", rates)])
def test_no_more_than_some_are_in_memory(monkeypatch, officer, sign_in, path, make):
    monkeypatch.setattr(downloads, "AT_ONCE", 50)
    client = sign_in(officer)
    with scope(PROGRAMME):
        make(officer, range(200))
    few = peak(client, path)
    with scope(PROGRAMME):
        make(officer, range(200, 3200))

    assert peak(client, path) < few + 1_000_000


def peak(client, path):
    sent = client.get(path).streaming_content
    tracemalloc.start()
    for piece in sent:
        assert piece
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found
