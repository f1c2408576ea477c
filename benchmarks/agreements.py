"""What the tables of 1,000 agreements cost: queries and processor time, for staff and for the public.

    .venv/bin/python -m benchmarks.agreements [AGREEMENTS] [TIMES]

The figures and what they mean, with those of a peer beside them: benchmarks/README.md.
"""

import sys
from importlib import import_module
from statistics import median
from typing import Any

from benchmarks.measure import Clock, in_turns, ms, table
from benchmarks.pages import OFFICER
from benchmarks.portal import portal, signed_in
from benchmarks.wall import connection_to

AGREEMENTS, TIMES = 1_000, 5
MOST_QUERIES, MOST_SECONDS = 6, 1.0
CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT", "SELECT set_config", "SET LOCAL")
# The session, the person, the memberships and the roles: every page asks for them, whoever it is made for.
WHO_ASKS = (
    "django_session",
    "accounts_",
    "member_states_liaison",
    "csirt_network_teammember",
    "partnerships_partnercontact",
)

# Three parties and two instruments each; every other one with a last day.
FILL = """
ALTER TABLE partnerships_agreement DISABLE TRIGGER USER;
ALTER TABLE partnerships_party DISABLE TRIGGER USER;
ALTER TABLE partnerships_partner DISABLE TRIGGER USER;
ALTER TABLE partnerships_agreementinstrument DISABLE TRIGGER USER;
INSERT INTO partnerships_partner (slug, kind, name_en, name_es, name_fr, name_pt_br, short_name, country, about_en,
       about_es, about_fr, about_pt_br, website, since, until, is_of_the_oas, is_published, source_note, edited)
SELECT 'bench-' || n, 'private', 'Partner ' || n, '', '', '', '', '', '', '', '', '', '', '', '', true, true, '', 0
  FROM generate_series(1, 200) AS n;
INSERT INTO partnerships_agreement (slug, kind, name_en, name_es, name_fr, name_pt_br, aims_en, aims_es, aims_fr,
       aims_pt_br, phase, audience, concluded_on, precision, place, starts_on, "end", ends_on, ended_because,
       objectives, points, reference, note_en, note_es, note_fr, note_pt_br, party_ids, edited, made_at)
SELECT 'bench-' || n, 'agreement', 'Agreement ' || n, '', '', '', 'Aims of ' || n, '', '', '', 'concluded', 'public',
       current_date - n, 'day', 'Washington', current_date - n, CASE n % 2 WHEN 0 THEN 'stated' ELSE 'open' END,
       CASE n % 2 WHEN 0 THEN current_date + 500 - n / 2 END, '', '{{3,5}}', '{{1,2}}', '', '', '', '', '', '{{}}', 0,
       now()
  FROM generate_series(1, {agreements}) AS n;
INSERT INTO partnerships_party (agreement_id, partner_id, as_stated, position)
SELECT a.id, p.id, '', 1 + k FROM partnerships_agreement a CROSS JOIN generate_series(0, 1) AS k
  JOIN partnerships_partner p ON p.slug = 'bench-' || (1 + (a.id + 7 * k) % 200) WHERE a.slug LIKE 'bench-%';
INSERT INTO partnerships_party (agreement_id, partner_id, as_stated, position)
SELECT id, NULL, '', 0 FROM partnerships_agreement WHERE slug LIKE 'bench-%';
INSERT INTO partnerships_agreementinstrument (agreement_id, instrument_id)
SELECT a.id, i.id FROM partnerships_agreement a CROSS JOIN (SELECT id FROM action_plan_instrument LIMIT 2) i
 WHERE a.slug LIKE 'bench-%';
ALTER TABLE partnerships_agreement ENABLE TRIGGER USER;
ALTER TABLE partnerships_party ENABLE TRIGGER USER;
ALTER TABLE partnerships_partner ENABLE TRIGGER USER;
ALTER TABLE partnerships_agreementinstrument ENABLE TRIGGER USER;
ANALYZE;
"""
PATHS = {"CSV": "/agreements.csv", "Excel": "/agreements.xlsx"}


def main(agreements: int, times: int) -> int:
    with portal() as name:
        fill(name, agreements)
        django_db: Any = import_module("django.db")
        with django_db.connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            clock = Clock(cursor.fetchone()[0])
        people = {"officer": signed_in(OFFICER), "public": import_module("django.test").Client()}
        calls = {
            (who, what): one(client, path, clock) for who, client in people.items() for what, path in PATHS.items()
        }
        taken = in_turns(calls, times)  # type: ignore[arg-type]
        asked = {key: queries(people[key[0]], PATHS[key[1]]) for key in calls}
    rows = [(who, what, str(asked[who, what]), ms(taken[who, what])) for who, what in calls]  # type: ignore[index]
    print(table(("Who", "table", "queries", "ms CPU"), rows))
    print(f"\n{agreements:,} agreements, {times} turns; the limits are {MOST_QUERIES} queries and {MOST_SECONDS:g} s.")
    slow = any(median(seconds) > MOST_SECONDS for seconds in taken.values())
    return int(slow or max(asked.values()) > MOST_QUERIES)


def fill(name: str, agreements: int) -> None:
    owner = connection_to(name, USER="oas_owner")
    with owner.cursor() as cursor:
        for statement in FILL.format(agreements=agreements).split(";")[:-1]:
            cursor.execute(statement)
    owner.close()


def one(client: Any, path: str, clock: Clock) -> Any:
    """Processor seconds of portal and database until the last row is out."""

    def call() -> float:
        begun = clock.now()
        response = client.get(path, secure=True)
        size = sum(map(len, response.streaming_content)) if response.streaming else len(response.content)
        taken = clock.now() - begun
        if response.status_code != 200 or not size:
            raise SystemExit(f"{path} answers {response.status_code}")
        return taken

    return call


def queries(client: Any, path: str) -> int:
    """Those of the table itself; who asks is asked for every page."""
    connection: Any = import_module("django.db").connection
    statements: list[str] = []

    def note(execute: Any, sql: Any, *rest: Any) -> Any:
        statements.append(str(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        response = client.get(path, secure=True)
        b"".join(response.streaming_content) if response.streaming else response.content
    of_table = [sql for sql in statements if not sql.startswith(CONTROL)]
    return len([sql for sql in of_table if not _asks_who(sql)])


def _asks_who(sql: str) -> bool:
    return any(f'FROM "{name}' in sql for name in WHO_ASKS)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:]), *(AGREEMENTS, TIMES)[len(sys.argv) - 1 :]))
