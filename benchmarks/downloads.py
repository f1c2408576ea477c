"""What a list of 100,000 rows costs as CSV, against PostgreSQL's own COPY of the same rows written by Python's csv.

    .venv/bin/python -m benchmarks.downloads [ROWS] [TIMES]

The figures and what they mean: benchmarks/README.md.
"""

import csv
import os
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import psycopg2

from benchmarks.activities import fill
from benchmarks.measure import Clock, in_turns, ms, ratio, table
from benchmarks.pages import OFFICER
from benchmarks.portal import portal, signed_in

ROWS, TIMES = 100_000, 3
FIGURES = 5  # of each activity, and three states that take part
LIMIT = 3.0
URL = "/activities.csv"
# The columns of the list, each activity with its states and the sums of its figures, as the page has them.
COPY = """
COPY (SELECT a.title_en, a.kind, a.point, a.status, a.starts_on, a.ends_on, a.precision, a.place, a.is_online,
             (SELECT string_agg(s.name_en, ', ' ORDER BY s.name_en) FROM action_plan_activitystate t
                JOIN member_states_memberstate s ON s.id = t.state_id WHERE t.activity_id = a.id),
             u.name, f.*, a.organisers, a.reference, d.title, a.slug, 'https://testserver/activities/' || a.slug || '/'
        FROM action_plan_activity a
        LEFT JOIN accounts_user u ON u.id = a.officer_id
        LEFT JOIN documents_source d ON d.id = a.source_id
        CROSS JOIN LATERAL (SELECT coalesce(sum(women), 0), coalesce(sum(men), 0), coalesce(sum(other), 0),
                                   coalesce(sum(not_stated), 0)
                              FROM action_plan_participantcount c WHERE c.activity_id = a.id) AS f
       ORDER BY a.starts_on DESC NULLS FIRST, a.id DESC) TO STDOUT WITH (FORMAT csv)
"""


def main(rows: int, times: int) -> int:
    with portal() as name:
        fill(name, 1, rows, FIGURES)
        django_db: Any = import_module("django.db")
        plain = psycopg2.connect(urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path=f"/{name}").geturl())
        calls = {
            "list as CSV": downloaded(signed_in(OFFICER), clock_of(django_db.connection), rows),
            "COPY and csv": copied(plain, clock_of(plain), rows),
        }
        taken = in_turns(calls, times, warm_up=1)
        plain.close()
    found = ratio(taken["list as CSV"], taken["COPY and csv"])
    print(table((f"{rows:,} rows", "ms CPU"), [(what, ms(seconds)) for what, seconds in taken.items()]))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    load = os.getloadavg()[0]
    print(f"\nRatio {found:.2f}, limit {LIMIT:g}; {most} MB at most in this process; load {load:.1f}.")
    return int(found > LIMIT)


def clock_of(connection: Any) -> Clock:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Clock(cursor.fetchone()[0])


def downloaded(browser: Any, clock: Clock, rows: int) -> Callable[[], float]:
    def once() -> float:
        began = clock.now()
        lines = sum(piece.count(b"\n") for piece in browser.get(URL, secure=True).streaming_content)
        if lines <= rows:
            raise SystemExit(f"{URL} has {lines} lines")
        return clock.now() - began

    return once


def copied(connection: Any, clock: Clock, rows: int) -> Callable[[], float]:
    def once() -> float:
        began = clock.now()
        found = StringIO()
        with connection.cursor() as cursor:
            cursor.copy_expert(COPY, found)
        found.seek(0)
        csv.writer(target := StringIO()).writerows(csv.reader(found))
        connection.rollback()
        if (written := target.getvalue().count("\n")) < rows:
            raise SystemExit(f"COPY wrote {written} rows")
        return clock.now() - began

    return once


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:]), *(ROWS, TIMES)[len(sys.argv) - 1 :]))
