"""What a search costs beside a page that is found by its key, with few and with many entries in the index.

    .venv/bin/python -m benchmarks.search [ENTRIES] [TIMES]

The figures and what they mean: benchmarks/README.md.
"""

import re
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from benchmarks.measure import Clock, in_turns, ms, ratio, table
from benchmarks.pages import LIAISON, OFFICER
from benchmarks.portal import portal, signed_in
from benchmarks.wall import connection_to

ENTRIES, TIMES = 20_000, 40
LIMIT = 3.0
# Each entry holds its own share of these, and one of 20,000 further words.
WORDS = {"half": 2, "tenth": 10, "hundredth": 100, "thousandth": 1000}
ASKED = ("w77", "thousandth", "hundredth", "tenth", "half", "tenth half", "wxyzzy")

# Documents of the states, each at an answer that stands: behind the wall as in life.
FILL = """
ALTER TABLE capability_evidence DISABLE TRIGGER USER;
ALTER TABLE search_word DROP CONSTRAINT word_same_state, DROP CONSTRAINT word_once;
DROP INDEX word_of_entries;
CREATE TEMP TABLE numbered AS
SELECT id, state_id, row_number() OVER (ORDER BY state_id) - 1 AS number
  FROM (SELECT DISTINCT ON (state_id) id, state_id FROM capability_answer
         WHERE is_current AND submission_id IS NOT NULL ORDER BY state_id, id) AS standing;
INSERT INTO capability_evidence (title, link, added_by_id, added_at, answer_id, state_id)
SELECT 'Document ' || n, 'https://www.example.org/' || n, (SELECT min(id) FROM accounts_user), now(), a.id, a.state_id
  FROM generate_series(1, {entries}) AS n JOIN numbered a ON a.number = n % (SELECT count(*) FROM numbered);
INSERT INTO search_entry (kind, object_id, state_id, audience)
SELECT 'document', id, state_id, 'programme' FROM capability_evidence WHERE title LIKE 'Document %';
INSERT INTO search_word (entry_id, state_id, audience, word)
SELECT e.id, e.state_id, e.audience, w.word FROM search_entry e
  JOIN capability_evidence d ON e.kind = 'document' AND d.id = e.object_id AND d.title LIKE 'Document %'
  CROSS JOIN LATERAL (SELECT substr(d.title, 10)::int) AS given (n)
  CROSS JOIN LATERAL (
    SELECT 'w' || n % 20000 {shares}) AS w (word);
ALTER TABLE search_word ADD CONSTRAINT word_once UNIQUE (entry_id, word);
CREATE INDEX word_of_entries ON search_word (word, entry_id);
ANALYZE;
"""
SHARE = "UNION ALL SELECT '{word}' WHERE n % {one_in} = 0"


def main(entries: int, times: int) -> int:
    with portal() as name:
        fill(name, entries)
        django_db: Any = import_module("django.db")
        with django_db.connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            clock = Clock(cursor.fetchone()[0])
        rows = [row for person in (OFFICER, LIAISON) for row in compared(person, clock, times)]
    print(table(("Who", "words", "found", "ms CPU", "state", "report", "to state", "to report"), rows))
    print(f"\n{entries:,} documents, {times} turns; the limit is {LIMIT:g} times the page of a report.")
    return 0


def fill(name: str, entries: int) -> None:
    shares = " ".join(SHARE.format(word=word, one_in=one_in) for word, one_in in WORDS.items())
    owner = connection_to(name, USER="oas_owner")
    with owner.cursor() as cursor:
        for statement in FILL.format(entries=entries, shares=shares).split(";")[:-1]:
            cursor.execute(statement)
    owner.close()


def compared(person: str, clock: Clock, times: int) -> list[tuple[str, ...]]:
    browser = signed_in(person)
    urls = {"state": "/states/chile/", "report": report(person)} | {w: f"/search/?q={w}" for w in ASKED}
    found = {word: counted(browser, urls[word]) for word in ASKED}
    taken = in_turns({name: measured(browser, url, clock) for name, url in urls.items()}, times)
    keys = {key: taken[key] for key in ("state", "report")}
    return [
        (
            person.split("@")[0],
            word,
            found[word],
            ms(taken[word]),
            *map(ms, keys.values()),
            *(f"{ratio(taken[word], key):.2f}" for key in keys.values()),
        )
        for word in ASKED
    ]


def report(person: str) -> str:
    runs: Any = import_module("reporting.models").Run
    scope: Any = import_module("common.scope")
    with scope.scope(scope.PROGRAMME):
        made = runs.objects.filter(status="done")
        run = (made if person == OFFICER else made.filter(state__slug="chile")).first()
    return f"/reports/{run.pk}/" if run else "/sources/"


def measured(browser: Any, url: str, clock: Clock) -> Callable[[], float]:
    def once() -> float:
        began = clock.now()
        response = browser.get(url, secure=True)
        if response.status_code != 200:
            raise SystemExit(f"{url} answers {response.status_code}")
        return clock.now() - began

    return once


def counted(browser: Any, url: str) -> str:
    page = browser.get(url, secure=True).content.decode()
    return "100+" if "100 or more" in page else str(sum(map(int, re.findall(r"(\d+) found", page))))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:]), *(ENTRIES, TIMES)[len(sys.argv) - 1 :]))
