"""What each list and page costs with 10 and 100 times the data that is expected, against once.

    .venv/bin/python -m benchmarks.scale [TIMES_THE_DATA] [TURNS]

The pages are every one without a parameter that answers, and the first thing that each list links to, for staff, a
liaison and a representative. The figures and what they mean: benchmarks/README.md; what grows: benchmarks/growth.py.
"""

import logging
import re
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from statistics import median
from typing import Any

from benchmarks.growth import FULL, grow
from benchmarks.measure import Clock, table
from benchmarks.pages import LIAISON, OFFICER
from benchmarks.portal import portal, signed_in
from benchmarks.taxii import a_representative

TURNS, LIMIT, SMALL = 5, 1.5, 0.005  # seconds: what grows by less is the noise of the machine
LEFT_OUT = re.compile(
    r"\.|^(administration|api|health|metrics|sign-|password|confirm|landing|taxii2|language|misp|search)"
)
LINK = re.compile(r'<a [^>]*href="(/[^"#?]*)"')


def main(times: int, turns: int) -> int:
    with portal() as name:
        people = (OFFICER, LIAISON, a_representative().person.email)
        logging.disable()
        added = grow(name, 0, 1)
        pages = {person: list(pages_of(person)) for person in people}
        small = taken(pages, turns)
        began = time.monotonic()
        added += grow(name, 1, times)
        print(f"{added:,} rows, the last of them made in {time.monotonic() - began:.0f} s.")
        large = taken(pages, turns)
    return report(small, large, times)


def pages_of(person: str) -> Iterator[str]:
    """Each page without a parameter, and the first page that it leads to below its own address."""
    browser = signed_in(person)
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


def taken(pages: dict[str, list[str]], turns: int) -> dict[tuple[str, str], float]:
    """Processor seconds of portal and database, the least of the turns: what else runs only adds to them."""
    django_db: Any = import_module("django.db")
    with django_db.connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        clock = Clock(cursor.fetchone()[0])
    found = {}
    for person, paths in pages.items():
        browser = signed_in(person)
        for path in paths:
            spent = []
            for _turn in range(turns + 1):
                began = clock.now()
                status = browser.get(path, secure=True).status_code
                spent.append(clock.now() - began)
            if status == 200:
                found[person, path] = min(spent[1:])
    return found


def report(small: dict[tuple[str, str], float], large: dict[tuple[str, str], float], times: int) -> int:
    both = [(page, small[page], large[page]) for page in small if page in large]
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
