"""Every way around wall and audit trail that this database leaves open. Empty, or the portal refuses to serve.

Asked when a web or worker process starts, by the health page and by the tests. Not a system check: ``migrate`` runs
those as the owner, before the tables stand.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from common.walls import RowWall, Trigger

HOLES = """
SELECT format('the role %s bypasses row security', rolname) FROM pg_roles
 WHERE rolname IN (session_user, current_user) AND (rolsuper OR rolbypassrls)
UNION ALL
SELECT format('the role %s owns the table %s', session_user, relname) FROM pg_class
 WHERE relrowsecurity AND pg_get_userbyid(relowner) IN (session_user, current_user)
UNION ALL
SELECT format('the role %s inherits oas_all: it must be NOINHERIT', session_user)
 WHERE pg_has_role(session_user, 'oas_all', 'USAGE')
UNION ALL
SELECT format('the view %s runs with the rights of its owner', relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
 WHERE relkind IN ('v', 'm') AND nspname = 'public'
   AND NOT coalesce(reloptions::text LIKE '%security_invoker=true%', false)
UNION ALL
SELECT format('the function %s runs with the rights of its owner', proname)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
 WHERE prosecdef AND nspname = 'public'
UNION ALL
SELECT format('the role %s may change or remove rows of %s, which is written once', rolname, relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace, pg_roles r
 WHERE nspname = 'public' AND relname IN ('accounts_auditentry', 'audit_fingerprint', 'audit_seal')
   AND rolname IN ('oas_app', 'oas_all')
   AND (has_table_privilege(r.oid, c.oid, 'DELETE, TRUNCATE, TRIGGER') OR EXISTS (
        SELECT 1 FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
           AND (rolname, relname, attname) <> ('oas_all', 'audit_fingerprint', 'seal_id')
           AND has_column_privilege(r.oid, c.oid, attnum, 'UPDATE')))
UNION ALL
SELECT format('the trigger %s of the table %s is switched off', tgname, relname)
  FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace n ON n.oid = relnamespace
 WHERE nspname = 'public' AND tgenabled NOT IN ('O', 'A')
"""

WALLED = """
SELECT relname FROM pg_class c
 WHERE relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid)
   AND oid = to_regclass(quote_ident(relname))
"""

TRIGGERS = """
SELECT relname, tgname, proname FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_proc p ON p.oid = tgfoid
 WHERE NOT tgisinternal AND c.oid = to_regclass(quote_ident(relname))
"""
MADE_BY_HAND = {
    ("accounts_auditentry", "keep_fingerprint", "keep_fingerprint"),
    ("mfa_authenticator", "authenticator_audited", "audit_row"),
}


def walled_models() -> list[type[Model]]:
    return [m for m in apps.get_models() if any(isinstance(c, RowWall) for c in m._meta.constraints)]


def declared_triggers() -> set[tuple[str, str, str]]:
    """(table, trigger, function) of all that is audited, locked or kept by a trigger, and of the seal on the trail."""
    declared = ((model, c) for model in apps.get_models() for c in model._meta.constraints if isinstance(c, Trigger))
    return MADE_BY_HAND | {(m._meta.db_table, c.name, c.call(m).partition("(")[0]) for m, c in declared}


def holes() -> list[str]:
    with connection.cursor() as cursor:
        return list(holes_seen_by(cursor))


def holes_seen_by(cursor: Any) -> Iterator[str]:
    cursor.execute(HOLES)
    yield from (row[0] for row in cursor.fetchall())
    cursor.execute(WALLED)
    walled = {row[0] for row in cursor.fetchall()}
    for meta in (model._meta for model in walled_models()):
        if meta.db_table not in walled:
            yield f"{meta.label} declares a wall that the database does not have"
    cursor.execute(TRIGGERS)
    for table, trigger, _ in sorted(declared_triggers() - set(cursor.fetchall())):
        yield f"the trigger {trigger} of the table {table} is missing, or calls another function"
