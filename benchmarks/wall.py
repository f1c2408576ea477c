"""What the second wall costs: the same pages with row security, without it, and without telling the database who asks.

    .venv/bin/python -m benchmarks.wall [TIMES]

The figures and what they mean: benchmarks/README.md.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any
from unittest import mock

from benchmarks.measure import Clock, in_turns, ms, ratio, table
from benchmarks.pages import Page, pages
from benchmarks.portal import create_database, drop_database, portal, signed_in

TIMES = 300
LIMIT = 5.0
PAGES = ("Region", "State", "State, its liaison", "Inbox", "Task list")
ON, OPEN, SILENT = "on", "no row security", "no wall"


def main(times: int) -> int:
    with portal() as walled, open_copy(walled) as copy:
        rows, worst = [], -100.0
        for page in chosen():
            calls = {ON: Wall(page, walled), OPEN: Wall(page, copy), SILENT: Wall(page, copy, is_told=False)}
            try:
                compare_answers(calls)
                taken = in_turns({name: call.measured for name, call in calls.items()}, times)
            finally:
                for call in calls.values():
                    call.connection.close()
            policies, whole = ((ratio(taken[ON], taken[name]) - 1) * 100 for name in (OPEN, SILENT))
            worst = max(worst, whole)
            least = [f"{min(taken[name]) * 1000:.1f}" for name in calls]
            middle = [ms(taken[name]) for name in calls]
            rows.append((page.name, *least, *middle, f"{policies:+.1f} %", f"{whole:+.1f} %"))
    print(table(("Page", *(f"{name}, min" for name in (ON, OPEN, SILENT)), *calls, "policies", "whole wall"), rows))
    sees = "and of the database's process" if Wall.sees_database else "only: the database runs elsewhere"
    print(f"\nms CPU of the portal's process {sees}; {times} turns; the median of each turn's ratio.")
    print(f"The wall costs {worst:+.1f} % at most, the limit {LIMIT:g} %.")
    return int(worst > LIMIT)


def chosen() -> list[Page]:
    from_pages = {page.name: page for page in pages()}
    liaison = from_pages["Task list"].person
    from_pages["State, its liaison"] = from_pages["State"]._replace(
        name="State, its liaison", url="/states/chile/", person=liaison
    )
    return [from_pages[name] for name in PAGES]


@contextmanager
def open_copy(walled: str) -> Iterator[str]:
    """The same rows with row security switched off on every table. Policies stay, PostgreSQL does not read them."""
    name = f"{walled}_open"
    django_db: Any = import_module("django.db")
    django_db.connections.close_all()
    create_database(name, like=walled)
    try:
        owner = connection_to(name, USER="oas_owner")
        with owner.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
            for (table_name,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {owner.ops.quote_name(table_name)} DISABLE ROW LEVEL SECURITY")
        for database in (owner, connection_to(walled, USER="oas_owner")):
            with database.cursor() as cursor:
                cursor.execute("ANALYZE")
            database.close()
        yield name
    finally:
        django_db.connections.close_all()
        drop_database(name)


def connection_to(name: str, **changes: Any) -> Any:
    """A connection of its own under the name `default`, which all of the portal asks for."""
    django_db: Any = import_module("django.db")
    parse: Any = import_module("dj_database_url").parse
    connection = django_db.connections.create_connection("default")
    connection.settings_dict = connection.settings_dict | {"NAME": name, "CONN_MAX_AGE": None}
    if changes:
        owner = parse(os.environ["DATABASE_OWNER_URL"])
        connection.settings_dict |= {key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    return connection


class Wall:
    """One page by one connection. With `is_told` False the scope says nothing, as if there were no wall at all."""

    sees_database = False

    def __init__(self, page: Page, database: str, *, is_told: bool = True) -> None:
        self.page, self.connection = page, connection_to(database)
        self.stack: Callable[[], Any] = ExitStack if is_told else lambda: mock.patch("common.scope._tell_database")
        with self.here():
            self.browser = signed_in(page.person)
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.clock = Clock(cursor.fetchone()[0])
        Wall.sees_database = self.clock.sees_database

    @contextmanager
    def here(self) -> Iterator[None]:
        connections: Any = import_module("django.db").connections
        connections["default"] = self.connection
        with self.stack():
            yield

    def measured(self) -> float:
        with self.here():
            began = self.clock.now()
            self.browser.get(self.page.url, secure=True)
            return self.clock.now() - began

    def answer(self) -> tuple[int, int]:
        with self.here():
            response = self.browser.get(self.page.url, secure=True)
            return response.status_code, len(response.content)


def compare_answers(calls: dict[str, Wall]) -> None:
    """The first wall alone must show the same page, or the three are not three ways to one thing."""
    answers = {name: call.answer() for name, call in calls.items()}
    if len(set(answers.values())) > 1 or answers[ON][0] != 200:
        raise SystemExit(f"The pages differ: {answers}")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else TIMES))
