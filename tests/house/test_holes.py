"""Each way around the wall, made on purpose by the owner in a transaction of its own, is reported by name."""

import psycopg2
import pytest
from django.db import connection

from common import holes as house
from common.holes import WALLED, holes, holes_seen_by, walled_models
from tests.conftest import OWNER

HOLES_MADE = {
    "a view that runs with the rights of its owner": (
        "CREATE VIEW way_around AS SELECT * FROM capability_draftanswer",
        "the view way_around runs with the rights of its owner",
    ),
    "a stored view": (
        "CREATE MATERIALIZED VIEW way_around AS SELECT * FROM capability_answer",
        "the view way_around runs with the rights of its owner",
    ),
    "a function that runs with the rights of its owner": (
        "CREATE FUNCTION way_around() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
        "AS 'SELECT count(*) FROM capability_draftanswer'",
        "the function way_around runs with the rights of its owner",
    ),
    "rights over the trail that a restore gave back": (
        "GRANT UPDATE, DELETE ON accounts_auditentry TO oas_app",
        "the role oas_app may change or remove rows of accounts_auditentry, which is written once",
    ),
    "a right over one column of the trail": (
        "GRANT UPDATE (digest) ON audit_fingerprint TO oas_all",
        "the role oas_all may change or remove rows of audit_fingerprint, which is written once",
    ),
    "a right that everybody has": (
        "GRANT DELETE ON audit_seal TO PUBLIC",
        "the role oas_app may change or remove rows of audit_seal, which is written once",
    ),
    "a trigger switched off": (
        "ALTER TABLE accounts_auditentry DISABLE TRIGGER keep_fingerprint",
        "the trigger keep_fingerprint of the table accounts_auditentry is switched off",
    ),
    "a trigger dropped": (
        "DROP TRIGGER keep_fingerprint ON accounts_auditentry",
        "the trigger keep_fingerprint of the table accounts_auditentry is missing, or calls another function",
    ),
    "a trigger that calls another function": (
        "CREATE FUNCTION idle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; "
        "DROP TRIGGER answer_audited ON capability_answer; "
        "CREATE TRIGGER answer_audited AFTER UPDATE ON capability_answer FOR EACH ROW EXECUTE FUNCTION idle()",
        "the trigger answer_audited of the table capability_answer is missing, or calls another function",
    ),
}


@pytest.fixture
def owner(db):
    """The owner's own connection to this database; nothing it does stays."""
    link = psycopg2.connect(
        dbname=connection.settings_dict["NAME"], user=OWNER["USER"], password=OWNER["PASSWORD"], host=OWNER["HOST"]
    )
    with link.cursor() as cursor:
        yield cursor
    link.rollback()
    link.close()


@pytest.mark.parametrize("hole", HOLES_MADE)
def test_a_hole_is_reported(owner, hole):
    statement, said = HOLES_MADE[hole]
    assert said not in holes_seen_by(owner)

    owner.execute(statement)

    assert said in holes_seen_by(owner)


def test_the_owner_itself_would_be_a_hole(owner):
    """The portal must never sign in as the role that owns the tables."""
    owner.execute(house.HOLES)

    assert any(f"the role {OWNER['USER']} owns the table" in row[0] for row in owner.fetchall())


@pytest.mark.parametrize("statement", ["ALTER TABLE {} DISABLE ROW LEVEL SECURITY", "DROP POLICY {} ON {}"])
def test_a_wall_that_was_taken_down_is_reported(owner, statement):
    table = "capability_draftanswer"
    if statement.startswith("DROP"):
        owner.execute("SELECT polname FROM pg_policy WHERE polrelid = to_regclass(%s)", [table])
        for (policy,) in owner.fetchall():
            owner.execute(statement.format(f'"{policy}"', table))
    else:
        owner.execute(statement.format(table))
    owner.execute(WALLED, [f'"{table}"'])

    assert owner.fetchone() != (True,)


def test_each_walled_table_has_a_rule_for_both_roles_and_every_command(db):
    with connection.cursor() as cursor:
        for model in walled_models():
            cursor.execute(
                "SELECT count(DISTINCT (r.rolname, p.polcmd)) FROM pg_policy p, pg_roles r "
                "WHERE p.polrelid = to_regclass(%s) AND r.oid = ANY (p.polroles)",
                [model._meta.db_table],
            )
            assert cursor.fetchone() == (8,), model._meta.label


def test_there_is_none(db):
    assert holes() == []
