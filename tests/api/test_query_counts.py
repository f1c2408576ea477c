"""A list of the API asks the database as often for many rows as for few, whoever asks.

Which lists there are is read off the addresses: one that the matrix lets nobody ask, or of which growing.py makes no
more rows, fails here.
"""

from collections import defaultdict
from typing import Any, NamedTuple

import pytest
from django.db import connection

from tests.access.routes import lists
from tests.access.tables import Row
from tests.access.visits import undone
from tests.api.growing import grow
from tests.api.test_matrix import ROWS, facts, secrets_of, url_of, world
from tests.conftest import take_statistics

__all__ = ["facts", "secrets_of", "world"]
pytestmark = pytest.mark.django_db
CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT", "SELECT set_config")
WHO = ("own", "other", "team", "officer", "admin", "partner")  # one of each reach
MOST = 20
LIMITS = {"api/v1/my-turn/": 48}  # a question or two for each kind of duty that may concern the person
# Of those who are given rows, one may be asked so much more for than another: two that keep in the trail who of the
# programme read it, and what of a row is for some alone.
MORE = 4


class Asked(NamedTuple):
    statements: list[str]
    rows: int


Found = dict[tuple[str, str], Asked]


def test_every_list_asks_no_more_for_many_rows_than_for_few(world, secrets_of, facts):
    grow(world)
    take_statistics()
    few = ask_all(world, secrets_of, facts)
    grow(world)
    grow(world)
    take_statistics()
    many = ask_all(world, secrets_of, facts)
    grown = {page.split()[0] for (who, page), asked in many.items() if asked.rows > few[who, page].rows}
    worked_out = {route for route, view in lists().items() if view.cls.pagination_class is None}

    faults = [told(at, few[at], many[at]) for at in many if len(many[at].statements) != len(few[at].statements)]
    faults += [f"{at}: {len(asked.statements)} queries" for at, asked in many.items() if is_beyond(at[1], asked)]
    faults += [f"{route} is not asked with more rows" for route in sorted(lists().keys() - grown - worked_out)]
    faults += [f"{page} asks {least} for one and {most} for another" for page, least, most in uneven(many)]

    assert not faults, "\n".join(faults)


def ask_all(world: Any, secrets_of: Any, facts: Any) -> Found:
    """By role, and the route with what it is of."""
    return {
        (who, f"{row.first} {row.third}".strip()): ask(world, secrets_of[who], address(world, row, facts), who)
        for row in ROWS
        if row.first in lists()
        for who, code in row.wanted().items()
        if code == "." and who in WHO
    }


def address(world: Any, row: Row, facts: Any) -> str:
    return url_of(world, row, facts) + ("?q=policy" if row.first == "api/v1/search/" else "")


def ask(world: Any, secret: str, url: str, who: str) -> Asked:
    statements: list[str] = []

    def note(execute: Any, sql: Any, *rest: Any) -> Any:
        statements.append(str(sql))
        return execute(sql, *rest)

    with undone(), connection.execute_wrapper(note):
        answer = world.clients[who].get(url, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200, (url, who, answer.content)
    body = answer.json()
    rows = body["results"] if isinstance(body, dict) and "results" in body else body
    return Asked([sql for sql in statements if not sql.startswith(CONTROL)], len(rows))


def is_beyond(page: str, asked: Asked) -> bool:
    return len(asked.statements) > LIMITS.get(page, MOST)


def uneven(many: Found) -> list[tuple[str, int, int]]:
    """A queryset of nothing asks nothing, so those who are given no row do not count; nor do duties, which differ."""
    counts: dict[str, list[int]] = defaultdict(list)
    for (_who, page), asked in many.items():
        if asked.rows and page not in LIMITS and not page.startswith("api/v1/network/figures"):
            counts[page].append(len(asked.statements))
    return [(page, min(found), max(found)) for page, found in counts.items() if max(found) - min(found) > MORE]


def told(at: tuple[str, str], few: Asked, many: Asked) -> str:
    """With the statement that is asked again and again."""
    before, starts = ([sql[:120] for sql in asked.statements] for asked in (few, many))
    most = max(set(starts), key=lambda sql: starts.count(sql) - before.count(sql))
    return f"{at}: {len(before)}, then {len(starts)}; most often {most}"
