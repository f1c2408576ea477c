"""What each list and page costs with 10 and 100 times the data that is expected, against once.

    .venv/bin/python -m benchmarks.scale [TIMES_THE_DATA] [TURNS]

The pages are every one without a parameter that answers, and the first thing that each list links to, for staff, a
liaison and a representative. Both worlds stand beside one another and each page is asked of both in turns.
The figures and what they mean: benchmarks/README.md; what grows: benchmarks/growth.py.
"""

import logging
import re
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from statistics import median
from typing import Any, Self

from benchmarks.growth import FULL, grow
from benchmarks.measure import Clock, table
from benchmarks.pages import LIAISON, OFFICER
from benchmarks.portal import create_database, drop_database, portal, signed_in
from benchmarks.taxii import a_representative
from benchmarks.wall import connection_to

TURNS, LIMIT, SMALL = 5, 1.5, 0.005  # seconds: what grows by less is the noise of the machine
LEFT_OUT = re.compile(
    r"\.|^(administration|api|health|metrics|sign-|password|confirm|landing|taxii2|language|misp|search)"
)
LINK = re.compile(r'<a [^>]*href="(/[^"#?]*)"')


def main(times: int, turns: int) -> int:
    with portal() as name:
        large = f"{name}_large"
        logging.disable()
        added = grow(name, 0, 1)
        people = {person: signed_in(person) for person in (OFFICER, LIAISON, a_representative().person.email)}
        import_module("django.db").connections.close_all()
        create_database(large, like=name)
        try:
            began = time.monotonic()
            added += grow(large, 1, times)
            print(f"{added:,} rows, the last of them made in {time.monotonic() - began:.0f} s.", flush=True)
            with Worlds(name, large) as worlds:
                found = {
                    (person, path): costs
                    for person, browser in people.items()
                    for path in list(pages_of(browser))
                    if (costs := worlds.costs(browser, path, turns))
                }
        finally:
            drop_database(large)
    return report(found, times)


class Worlds:
    """The small world and the large one, asked in turns, so that whatever else the machine does falls on both alike."""

    def __init__(self, *names: str) -> None:
        self.connections = [connection_to(name) for name in names]
        self.clocks = [self._clock(connection) for connection in self.connections]

    def _clock(self, connection: Any) -> Clock:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return Clock(cursor.fetchone()[0])

    def __enter__(self) -> Self:
        self._enter(0)
        return self

    def __exit__(self, *_raised: object) -> None:
        for connection in self.connections:
            connection.close()
        del import_module("django.db").connections["default"]

    def _enter(self, world: int) -> None:
        import_module("django.db").connections["default"] = self.connections[world]

    def costs(self, browser: Any, path: str, turns: int) -> list[float] | None:
        """Processor seconds of portal and database in either world, the least of the turns; None for what fails."""
        spent: list[list[float]] = [[], []]
        for _turn in range(turns + 1):
            for world, clock in enumerate(self.clocks):
                self._enter(world)
                began = clock.now()
                status = browser.get(path, secure=True).status_code
                spent[world].append(clock.now() - began)
                if status != 200:
                    return None
        self._enter(0)
        return [min(each[1:]) for each in spent]


def pages_of(browser: Any) -> Iterator[str]:
    """Each page without a parameter, and the first page that it leads to below its own address."""
    for path in without_parameters():
        answer = browser.get(path, secure=True)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        yield path
        below = (one for one in LINK.findall(answer.content.decode()) if one.startswith(path) and one != path)
        for one in below:
            answer = browser.get(one, secure=True)
            if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
                yield one
                break


def without_parameters() -> list[str]:
    patterns = import_module("django.urls").get_resolver().reverse_dict.values()
    paths = {form for forms, *_rest in patterns for form, parameters in forms if not parameters}
    return sorted(f"/{path}" for path in paths if not LEFT_OUT.search(path))


def report(found: dict[tuple[str, str], list[float]], times: int) -> int:
    both = [(page, few, many) for page, (few, many) in found.items()]
    both.sort(key=lambda one: one[2] / one[1], reverse=True)
    worse = [one for one in both if one[2] / one[1] > LIMIT and one[2] - one[1] > SMALL]
    rows = [
        (person.split("@")[0], path, f"{few * 1000:.1f}", f"{many * 1000:.1f}", f"{many / few:.2f}")
        for (person, path), few, many in (worse or both[:10])
    ]
    print(table(("Who", "page", "ms, 1", f"ms, {times}", "ratio"), rows))
    middle = median(many / few for _page, few, many in both)
    print(f"\n{len(both)} pages, {len(worse)} beyond {LIMIT:g} times; in the middle {middle:.2f} times.")
    return int(bool(worse))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:]), *(FULL, TURNS)[len(sys.argv) - 1 :]))
