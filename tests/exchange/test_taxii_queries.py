"""A page costs the page: the same queries for a hundred objects and a thousand, one of them for the objects."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.exchange.taxii import ROOT, Program, of
from tests.factories.exchange import indicator, push

pytestmark = pytest.mark.django_db
CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT", "SELECT set_config")
MOST = 6  # the token, its team's reach in two, the collection, the objects; to which the use of the token may come


def asked(program: Program, path: str, **query: Any) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = program.get(path, query)
        assert answer.status_code == 200
    return [one["sql"] for one in seen.captured_queries if not one["sql"].startswith(CONTROL)]


def test_a_page_of_a_hundred_and_one_of_a_thousand_ask_the_same(rep_chl, csirt_chl, rep_jam, csirt_jam, community):
    push(csirt_chl, community, *[indicator() for _ in range(1_000)])
    for program in (Program(rep_chl, csirt_chl), Program(rep_jam, csirt_jam)):
        for path in ("objects/", "manifest/"):
            program.get(of(community, path), {"limit": 1})  # the use of the token is noted once a minute
            small = asked(program, of(community, path), limit=100)
            large = asked(program, of(community, path), limit=1_000)
            assert len(small) == len(large) <= MOST, large
            assert sum("exchange_stixobject" in sql for sql in large) == 1


def test_collections_ask_the_same_however_many_there_are(rep_chl, csirt_chl, csirt_jam, community, group):
    program = Program(rep_chl, csirt_chl)
    program.get(f"{ROOT}collections/")
    assert len(asked(program, f"{ROOT}collections/")) <= MOST


@pytest.mark.parametrize("count", [1, 60])
def test_posting_asks_the_same_for_one_object_and_for_sixty(rep_chl, csirt_chl, community, count):
    program = Program(rep_chl, csirt_chl)
    push(csirt_chl, community, indicator())
    program.get(ROOT)
    with CaptureQueriesContext(connection) as seen:
        program.push(community, *[indicator() for _ in range(count)])
    found = [one["sql"] for one in seen.captured_queries if not one["sql"].startswith(CONTROL)]
    assert len(found) <= 16, found
