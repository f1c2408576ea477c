"""A table of the same name in front of the trail: temporary tables are found first, and must not be written instead."""

from typing import Any

import pytest
from django.db import connection

from accounts.models import AuditEntry
from audit.models import Fingerprint
from capability.models import Update
from common.scope import Reach, scope
from search.models import Stale
from tests.factories.capability import make_draft

SHADOWED = (AuditEntry, Fingerprint, Stale)


def entries(reach: Reach) -> int:
    with scope(reach), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM public.accounts_auditentry")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("model", SHADOWED)
def test_what_triggers_write_lands_in_no_temporary_table(update_chl: Any, lead_chl: Any, model: Any) -> None:
    table, ours = model._meta.db_table, Reach(states=(update_chl.state_id,))
    before = entries(ours)

    with scope(ours), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS SELECT * FROM public.{table} LIMIT 0")  # noqa: S608 - a table of ours
        make_draft(update_chl, "D1.1", by=lead_chl, text="unseen")
        Update.objects.filter(pk=update_chl.pk).update(status="returned")
        cursor.execute(f"SELECT count(*) FROM pg_temp.{table}")  # noqa: S608 - a table of ours
        assert cursor.fetchone() == (0,)
        cursor.execute(f"DROP TABLE pg_temp.{table}")

    assert entries(ours) > before


def test_every_function_of_ours_says_where_its_tables_are(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc JOIN pg_language l ON l.oid = prolang"
            " WHERE pronamespace = 'public'::regnamespace AND lanname = 'plpgsql' AND proconfig IS NULL"
        )
        assert cursor.fetchall() == []
