"""What a page of TAXII costs in a collection of 100,000 objects, against one of 10,000; and what posting costs.

    .venv/bin/python -m benchmarks.taxii [OBJECTS] [TIMES]

Everything is counted: sign-in by token, scope, row security. The figures and what they mean: benchmarks/README.md.
"""

import base64
import json
import sys
import time
import uuid
from collections.abc import Callable
from importlib import import_module
from statistics import median
from typing import Any

from benchmarks.measure import Clock, in_turns, ms, table
from benchmarks.portal import portal
from benchmarks.wall import connection_to

OBJECTS, TIMES = 100_000, 20
FEW, A_POST = 10_000, 1_000
GROWTH, GROWTH_OF_A_MILLION, PAGE_SECONDS, POST_SECONDS = 1.3, 1.5, 0.015, 1.0
PATTERNS = {
    "one comparison": "[ipv4-addr:value = '{address}']",
    "for the parser, by a worker": "[ipv4-addr:value = '{address}' AND file:size > {size}]",
}
MARKING = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"
TAXII = "application/taxii+json;version=2.1"
# Bodies of the length that MISP sends; dates a microsecond apart, as the store gives them.
FILL = """
ALTER TABLE exchange_stixobject DISABLE TRIGGER USER;
INSERT INTO exchange_stixobject (collection_id, date_added, stix_id, version, type, spec_version, is_first, is_last,
       body, tlp, from_team_id, sought)
SELECT {collection}, timestamptz '2026-01-01' + n * interval '1 microsecond', 'indicator--' || id, '2026-01-01',
       'indicator', '2.1', true, true,
       '{{"type":"indicator","spec_version":"2.1","id":"indicator--' || id || '","created":"2026-01-01T00:00:00.000Z",'
       || '"modified":"2026-01-01T00:00:00.000Z","name":"Beacon ' || n || '","description":"' || repeat('x', 200)
       || '","pattern":"[domain-name:value = ''host-' || n || '.example'']","pattern_type":"stix",'
       || '"valid_from":"2026-01-01T00:00:00Z","object_marking_refs":["{marking}"]}}',
       'GREEN', {team}, ''
  FROM (SELECT n, gen_random_uuid() AS id FROM generate_series(1, {count}) AS n) AS numbered;
ALTER TABLE exchange_stixobject ENABLE TRIGGER USER;
ANALYZE;
"""


def main(objects: int, times: int) -> int:
    with portal() as name:
        django_db: Any = import_module("django.db")
        with django_db.connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            clock = Clock(cursor.fetchone()[0])
        small, large = prepared(name, objects)
        program = import_module("django.test").Client(headers={"Authorization": basic(), "Accept": TAXII})
        calls: dict[str, Callable[[], float]] = {}
        for limit in (100, 1_000):
            for path, place in (("first", ""), ("last", "2026-01-01T00:00:00.008Z")):
                for title, collection in (("few", small), ("many", large)):
                    calls[f"{limit} {path} {title}"] = measured(program, clock, collection, limit, place)
        taken = in_turns(calls, times)
        posted = {
            title: [post(program, clock, large, pattern) for _ in range(5)] for title, pattern in PATTERNS.items()
        }
        query = one_query(program, large)
    return report(taken, posted, query, objects, times)


def prepared(name: str, objects: int) -> tuple[str, str]:
    """Two collections of a team: its own with few objects, the community's with many."""
    scope: Any = import_module("common.scope")
    exchange: Any = import_module("exchange.models")
    import_module("exchange.actions.collections").keep_collections()
    member = a_representative()
    with scope.scope(scope.PROGRAMME):
        small = exchange.Collection.objects.get(kind="team", team=member.team)
        large = exchange.Collection.objects.get(kind="community")
    owner = connection_to(name, USER="oas_owner")
    for collection, count in ((small, FEW), (large, objects)):
        facts = {"collection": collection.pk, "team": member.team_id, "count": count, "marking": MARKING}
        with owner.cursor() as cursor:
            for statement in FILL.format(**facts).split(";")[:-1]:
                cursor.execute(statement)
    owner.close()
    few, many = (f"/taxii2/network/collections/{one.uuid}/objects/" for one in (small, large))
    return few, many


def a_representative() -> Any:
    scope: Any = import_module("common.scope")
    members: Any = import_module("csirt_network.models").TeamMember.objects
    with scope.scope(scope.PROGRAMME):
        return members.current().filter(kind="representative").select_related("person", "team").order_by("pk")[0]


def basic() -> str:
    """The header of a program with a token of its own: each token has a limit of its own, too."""
    scope: Any = import_module("common.scope")
    make_token: Any = import_module("exchange.actions.tokens").make_token
    member = a_representative()
    with scope.scope(scope.reach_of(member.person)):
        token, secret = make_token(
            team=member.team, name="bench", scopes=["read", "push"], days=30, networks=[], by=member.person
        )
    return "Basic " + base64.b64encode(f"{token.key}:{secret}".encode()).decode()


def measured(program: Any, clock: Clock, path: str, limit: int, after: str) -> Callable[[], float]:
    query = {"limit": limit} | ({"added_after": after} if after else {})

    def call() -> float:
        began = clock.now()
        answer = program.get(path, query, secure=True)
        spent = clock.now() - began
        if len(answer.json().get("objects", ())) != limit:
            raise SystemExit(f"{answer.status_code}: {answer.content[:300]!r}")
        return spent

    return call


def post(program: Any, clock: Clock, path: str, pattern: str) -> tuple[float, float]:
    """Seconds by the clock on the wall and of the processors, until the last object is stored."""
    exchange: Any = import_module("exchange.models")
    moment = "2026-03-01T12:00:00.000Z"
    values = [
        {"type": "indicator", "spec_version": "2.1", "id": f"indicator--{uuid.uuid4()}", "created": moment,
         "modified": moment, "pattern": pattern.format(address=f"10.0.{n // 250}.{n % 250}", size=n),
         "pattern_type": "stix", "valid_from": moment, "object_marking_refs": [MARKING]}
        for n in range(A_POST)
    ]  # fmt: skip
    body = json.dumps({"objects": values})
    wall, began = time.monotonic(), clock.now()
    status = program.post(path, body, content_type=TAXII, secure=True).json()
    if status["status"] == "pending":  # the worker's part, done here
        scope = import_module("common.scope")
        with scope.scope(scope.PROGRAMME):
            waiting = exchange.Push.objects.get(uuid=status["id"])
        import_module("notices.work").work(exchange.Push, waiting.pk)
    spent = time.monotonic() - wall, clock.now() - began
    stored = program.get(f"/taxii2/network/status/{status['id']}/", secure=True).json()
    if stored["success_count"] != A_POST:
        raise SystemExit(f"{stored}"[:300])
    return spent


def one_query(program: Any, path: str) -> int:
    """How many queries a page asks the table of objects."""
    django_db, utils = import_module("django.db"), import_module("django.test.utils")
    with utils.CaptureQueriesContext(django_db.connection) as seen:
        program.get(path, {"limit": 1_000}, secure=True)
    return sum("exchange_stixobject" in one["sql"] for one in seen.captured_queries)


def report(
    taken: dict[str, list[float]], posted: dict[str, list[tuple[float, float]]], query: int, objects: int, times: int
) -> int:
    rows, failed = [], False
    most = GROWTH if objects <= OBJECTS else GROWTH_OF_A_MILLION
    for call in (name.removesuffix(" few") for name in taken if name.endswith(" few")):
        few, many = taken[f"{call} few"], taken[f"{call} many"]
        grown = median(many) / median(few)
        failed |= grown > most or (call.startswith("100 ") and median(many) > PAGE_SECONDS)
        rows.append((f"page of {call}", ms(few), ms(many), f"{grown:.2f}"))
    print(table(("What", f"ms CPU, {FEW:,}", f"ms CPU, {objects:,}", "ratio"), rows))
    for pattern, times_taken in posted.items():
        wall, processors = (median(one) for one in zip(*times_taken, strict=True))
        failed |= wall > POST_SECONDS
        print(f"{A_POST:,} new objects ({pattern}): {wall:.2f} s, of which {processors:.2f} s CPU.")
    failed |= query != 1
    print(f"Queries for the objects of a page: {query}. {times} turns.")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:]), *(OBJECTS, TIMES)[len(sys.argv) - 1 :]))
