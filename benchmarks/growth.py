"""More of what the sample holds: 1, 10 or 100 times what is expected, spread over the years before today.

At 100 times: twenty years of a hemisphere, with 1,000,000 indicators, 1,000,000 participations and 1,000,000 objects
of machines. Each chain of tables is copied whole, by one statement a table: keys move by a stride, whatever must be
unique gets the number of the copy, and times move back. Nothing of the former copies is touched when more are made.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from benchmarks.wall import connection_to

STRIDE, YEARS, FULL = 100_000_000, 20, 100
Columns = dict[str, str]  # by `table.column`, what a copy has there; t is the row that is copied, k the copy


@dataclass(frozen=True)
class Chain:
    """`rows`: of its first table, at 100 times; `where`: which of them are copied. The others follow by their keys."""

    tables: tuple[str, ...]
    rows: int
    where: str = "true"
    columns: Columns = field(default_factory=dict)


CHAINS = (
    Chain(
        ("csirt_network.Alert", "csirt_network.AlertVersion", "csirt_network.Sighting", "csirt_network.Acknowledgement",
         "csirt_network.Comment", "csirt_network.Announcement"),
        10_000, "t.published_at IS NOT NULL",
        {"csirt_network_alert.number": "t.number + k * 1000", "csirt_network_alert.closed_at": "now()",
         "csirt_network_alert.closing": "'Over'", "csirt_network_alert.answer_by": "NULL"},
    ),
    Chain(
        ("csirt_network.Indicator",), 1_000_000,
        "EXISTS (SELECT FROM csirt_network_alert a WHERE a.id = t.alert_id AND a.published_at IS NOT NULL)",
        {"csirt_network_indicator.value": "k || '-' || t.value",
         "csirt_network_indicator.alert_id": f"t.alert_id + (k % {{csirt_network_alert}} + 1) * {STRIDE}"},
    ),
    Chain(
        ("action_plan.Activity", "action_plan.ActivityState", "action_plan.ParticipantCount",
         "action_plan.Presentation", "action_plan.ActivityWord", "action_plan.Course"),
        10_000, "t.status = 'done'",
    ),
    Chain(
        ("action_plan.Nomination",), 1_000_000,
        "EXISTS (SELECT FROM action_plan_course c JOIN action_plan_activity a ON a.id = c.activity_id"
        " WHERE c.id = t.course_id AND a.status = 'done')",
        {"action_plan_nomination.email": "k || t.email",
         "action_plan_nomination.seat": "t.seat + k / {action_plan_activity} * 20",
         "action_plan_nomination.course_id": f"t.course_id + (k % {{action_plan_activity}} + 1) * {STRIDE}"},
    ),
    Chain(
        ("capability.Round", "capability.Update", "capability.Submission", "capability.Answer",
         "capability.AnswerDecision", "capability.UpdateMove"),
        40, "t.closed_at IS NOT NULL",
        {"capability_round.year": "t.year - 20 - k", "capability_answer.is_current": "false"},
    ),
    Chain(("action_plan.AskedSupport",), 5_000, "t.status <> 'asked'", {"action_plan_askedsupport.said_id": "NULL"}),
    Chain(("partnerships.Partner",), 1_000),
    Chain(("partnerships.Agreement", "partnerships.Party"), 1_000),
    Chain(("csirt_network.LibraryItem", "csirt_network.LibraryVersion"), 2_000),
    Chain(("exchange.StixObject", "exchange.Reference"), 1_000_000, "true", {
        "exchange_stixobject.stix_id": "split_part(t.stix_id, '--', 1) || '--' || gen_random_uuid()",
        "exchange_stixobject.date_added": "t.date_added - k * interval '1 millisecond'",
    }),
    Chain(("notices.Mail",), 500_000, "t.finished_at IS NOT NULL", {"notices_mail.threshold": "t.threshold || k"}),
    Chain(
        ("reporting.Run",), 10_000, "true",
        {"reporting_run.status": "'done'", "reporting_run.finished_at": "now()", "reporting_run.lease_until": "NULL"},
    ),
)  # fmt: skip


def grow(name: str, before: int, now: int) -> int:
    """From `before` times to `now` times what is expected (0, 1, 10, 100); how many rows were added."""
    owner = connection_to(name, USER="oas_owner")
    added, made = 0, dict[str, int]()
    with owner.cursor() as cursor:
        for chain in CHAINS:
            for statement in statements(cursor, chain, before, now, made):
                cursor.execute(statement)
                added += max(0, cursor.rowcount)
        cursor.execute("ANALYZE")
    owner.close()
    return added


def statements(cursor: Any, chain: Chain, before: int, now: int, made: dict[str, int]) -> Iterator[str]:
    """`made`: how many copies of the first table of each chain there are now."""
    first, *others = (import_module("django.apps").apps.get_model(label)._meta for label in chain.tables)
    chosen = {first.db_table: f"SELECT t.id FROM {first.db_table} t WHERE t.id < {STRIDE} AND {chain.where}"}
    most = max(1, chain.rows // _count(cursor, chosen[first.db_table]))
    last, made[first.db_table] = (max(1, most * times // FULL) if times else 0 for times in (before, now))
    moved = f"k * interval '{YEARS} years' / {most}"
    for own in (first, *others):
        if own is not first:
            up = next(one for one in own.local_fields if one.is_relation and _table(one) in chosen)
            of_those = f"t.id < {STRIDE} AND t.{up.column} IN ({chosen[_table(up)]})"
            chosen[own.db_table] = f"SELECT t.id FROM {own.db_table} t WHERE {of_those}"
        given = {f'"{one.column}"': _given(one, chosen, chain.columns, moved).format(**made) for one in _stored(own)}
        yield f"ALTER TABLE {own.db_table} DISABLE TRIGGER USER"
        yield (
            f"INSERT INTO {own.db_table} ({', '.join(given)}) SELECT {', '.join(given.values())} FROM {own.db_table} t"
            f" CROSS JOIN generate_series({last + 1}::bigint, {made[first.db_table]}) AS k"
            f" WHERE t.id IN ({chosen[own.db_table]}) ON CONFLICT DO NOTHING"
        )
        yield f"ALTER TABLE {own.db_table} ENABLE TRIGGER USER"


def _count(cursor: Any, query: str) -> int:
    cursor.execute(f"SELECT count(*) FROM ({query}) AS chosen")
    found = int(cursor.fetchone()[0])
    if not found:
        raise SystemExit(f"The sample holds nothing to copy: {query}")
    return found


def _stored(own: Any) -> list[Any]:
    generated = import_module("django.db.models").GeneratedField
    return [one for one in own.local_concrete_fields if not isinstance(one, generated)]


def _table(one: Any) -> str:
    return str(one.related_model._meta.db_table)


def _given(one: Any, chosen: dict[str, str], columns: Columns, moved: str) -> str:
    table, column, kind = one.model._meta.db_table, f't."{one.column}"', one.get_internal_type()
    if told := columns.get(f"{table}.{one.column}"):
        return told
    if one.primary_key or (one.is_relation and _table(one) in chosen):
        return f"{column} + k * {STRIDE}"
    if kind in ("DateTimeField", "DateField"):
        return f"({column} - {moved})" + ("::date" if kind == "DateField" else "")
    if kind == "UUIDField":
        return "gen_random_uuid()"
    if one.unique and kind in ("CharField", "SlugField", "TextField"):
        return f"{column} || '-copy-' || k"
    return column
