"""What a search costs beside a page that is found by its key, with few and with many entries in the index.

    .venv/bin/python -m benchmarks.search [ENTRIES] [TIMES]

The figures and what they mean: benchmarks/README.md.
"""

import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import md5
from importlib import import_module
from typing import Any
from urllib.parse import quote

from benchmarks.measure import Clock, in_turns, ms, ratio, table
from benchmarks.pages import LIAISON, OFFICER
from benchmarks.portal import portal, signed_in
from benchmarks.wall import connection_to

ENTRIES, TIMES = 20_000, 40
LIMIT = 3.0
VOCABULARY = 20_000
# Each document holds one word of the vocabulary, its own share of these, whatever its state, and "rest" where it does
# not hold "half": so those two are nowhere together. "abroad" stands in each that is not of the liaison's state.
WORDS = {"half": 2, "tenth": 10, "hundredth": 100, "thousandth": 1000}
LETTERS = str.maketrans("0123456789", "ghijklmnop")


def word_of(number: int) -> str:
    """One of the vocabulary: nine letters; the same as in FILL."""
    return md5(str(number).encode()).hexdigest()[:9].translate(LETTERS)  # noqa: S324 - letters, no secret


ONE = word_of(77)
ASKED = {
    "one of 20,000": ONE,
    "the same, mistyped": ONE[:4] + ONE[5] + ONE[4] + ONE[6:],
    **{word: word for word in reversed(WORDS)},
    "tenth half": "tenth half",
    "half rest": "half rest",
    "abroad": "abroad",
    "abroad half": "abroad half",
    "of none": "wxyzzy",
}

# Documents of the states, each at an answer that stands: behind the wall as in life.
FILL = """
ALTER TABLE capability_evidence DISABLE TRIGGER USER;
ALTER TABLE search_word DROP CONSTRAINT word_same_state, DROP CONSTRAINT word_once;
DROP INDEX word_of_audience;
DROP INDEX word_of_state;
CREATE TEMP TABLE numbered AS
SELECT id, state_id, row_number() OVER (ORDER BY state_id) - 1 AS number
  FROM (SELECT DISTINCT ON (state_id) id, state_id FROM capability_answer
         WHERE is_current AND submission_id IS NOT NULL ORDER BY state_id, id) AS standing;
INSERT INTO capability_evidence (title, link, added_by_id, added_at, answer_id, state_id)
SELECT 'Document ' || n, 'https://www.example.org/' || n, (SELECT min(id) FROM accounts_user), now(), a.id, a.state_id
  FROM generate_series(1, {entries}) AS n JOIN numbered a ON a.number = n % (SELECT count(*) FROM numbered);
INSERT INTO search_entry (kind, object_id, state_id, audience)
SELECT 'document', id, state_id, 'programme' FROM capability_evidence WHERE title LIKE 'Document %';
INSERT INTO search_word (entry_id, kind, object_id, state_id, audience, word)
SELECT e.id, e.kind, e.object_id, e.state_id, e.audience, w.word FROM search_entry e
  JOIN capability_evidence d ON e.kind = 'document' AND d.id = e.object_id AND d.title LIKE 'Document %'
  CROSS JOIN LATERAL (SELECT substr(d.title, 10)::int) AS given (n)
  CROSS JOIN LATERAL (
    SELECT translate(substr(md5((n % {vocabulary})::text), 1, 9), '0123456789', 'ghijklmnop')
    UNION ALL SELECT 'rest' WHERE abs(hashtext('half ' || n)) % 2 > 0
    UNION ALL SELECT 'abroad' WHERE e.state_id <> (SELECT id FROM member_states_memberstate WHERE slug = 'chile')
    {shares}) AS w (word);
INSERT INTO search_spelling (gram, word, state_id, audience)
SELECT DISTINCT substr('  ' || word || ' ', place, 3), word, state, 'programme'
  FROM (SELECT DISTINCT word, state_id FROM search_word WHERE kind = 'document') AS held
  CROSS JOIN LATERAL (VALUES (NULL), (held.state_id)) AS each (state)
  CROSS JOIN LATERAL generate_series(1, length(word) + 1) AS place
ON CONFLICT DO NOTHING;
ALTER TABLE search_word ADD CONSTRAINT word_once UNIQUE (entry_id, word);
{indexes};
ANALYZE;
"""
SHARE = "UNION ALL SELECT '{word}' WHERE abs(hashtext('{word} ' || n)) % {one_in} = 0"


def main(entries: int, times: int) -> int:
    with portal() as name:
        fill(name, entries)
        import_module("search.views").MOST_A_MINUTE = 100_000  # type: ignore[attr-defined]
        django_db: Any = import_module("django.db")
        with django_db.connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            clock = Clock(cursor.fetchone()[0])
        rows = [row for person in (OFFICER, LIAISON) for row in compared(person, clock, times)]
    print(table(("Who", "words", "found", "ms CPU", "state", "report", "to state", "to report"), rows))
    worst = max(float(row[-2]) for row in rows)
    print(f"\n{entries:,} documents, {times} turns.")
    print(f"At most {worst:.2f} times the page of a state, the limit {LIMIT:g}.")
    return int(worst > LIMIT)


def fill(name: str, entries: int) -> None:
    shares = " ".join(SHARE.format(word=word, one_in=one_in) for word, one_in in WORDS.items())
    owner = connection_to(name, USER="oas_owner")
    with owner.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname IN ('word_of_audience', 'word_of_state')")
        given = {"vocabulary": VOCABULARY, "indexes": "; ".join(made for (made,) in cursor.fetchall())}
        for statement in FILL.format(entries=entries, shares=shares, **given).split(";")[:-1]:
            cursor.execute(statement)
    owner.close()


def compared(person: str, clock: Clock, times: int) -> list[tuple[str, ...]]:
    browser = signed_in(person)
    urls = {"state": "/states/chile/", "report": report()}
    urls |= {name: f"/search/?q={quote(words)}" for name, words in ASKED.items()}
    found = {name: counted(browser, urls[name]) for name in ASKED}
    taken = in_turns({name: measured(browser, url, clock) for name, url in urls.items()}, times)
    keys = {key: taken[key] for key in ("state", "report")}
    return [
        (
            person.split("@")[0],
            name,
            found[name],
            ms(taken[name]),
            *map(ms, keys.values()),
            *(f"{ratio(taken[name], key):.2f}" for key in keys.values()),
        )
        for name in ASKED
    ]


def report() -> str:
    runs: Any = import_module("reporting.models").Run
    scope: Any = import_module("common.scope")
    with scope.scope(scope.PROGRAMME):
        chile = import_module("member_states.models").MemberState.objects.get(slug="chile")
        run, _made = runs.objects.get_or_create(
            state=chile, status="done", defaults={"slot": datetime.now(UTC), "languages": ["en"]}
        )
    return f"/reports/{run.pk}/"


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
    found = str(sum(map(int, re.findall(r"(\d+) found", page))))
    return "100+" if "100 or more" in page else f"{found}, so far" if "found so far" in page else found


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:]), *(ENTRIES, TIMES)[len(sys.argv) - 1 :]))
