"""The very words in which each wall is told to the database, and the very settings that a scope makes."""

from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from capability.models import DraftAnswer, UpdateMove
from common import walls
from common.scope import NOTHING, PROGRAMME, Reach, current_reach, reach_of, scope
from common.walls import Audited, Locked, RowWall, SameState, SqlCheck, SqlConstraint, Trigger
from review.actions import Refused, move
from review.states import ACCEPT, SUBMIT

STATES = "(SELECT string_to_array(nullif(current_setting('app.states', true), ''), ','))::bigint[]"
TEAMS, PARTNERS = STATES.replace("states", "teams"), STATES.replace("states", "partners")
PERSON = "(SELECT nullif(current_setting('app.person', true), '')::bigint)"
GUEST = PERSON.replace("person", "guest")
EDITOR = SimpleNamespace(quote_name=lambda name: f'"{name}"')
TABLE = '"capability_draftanswer"'


def made(constraint):
    return constraint.create_sql(DraftAnswer, EDITOR)


def taken_away(constraint):
    return constraint.remove_sql(DraftAnswer, EDITOR)


def policies(name, role, read, write, becomes):
    return [
        f'CREATE POLICY "{name}_{role}_select" ON {TABLE} FOR SELECT TO {role} USING ({read})',
        f'CREATE POLICY "{name}_{role}_insert" ON {TABLE} FOR INSERT TO {role} WITH CHECK ({becomes})',
        f'CREATE POLICY "{name}_{role}_update" ON {TABLE} FOR UPDATE TO {role} USING ({write}) WITH CHECK ({becomes})',
        f'CREATE POLICY "{name}_{role}_delete" ON {TABLE} FOR DELETE TO {role} USING ({write})',
    ]


def test_a_wall_of_which_nothing_is_said_is_the_states_own_and_open_to_staff():
    own = f"state_id = ANY ({STATES})"

    assert made(RowWall(name="w")).split("; ") == [
        f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
        *policies("w", "oas_app", own, own, own),
        *policies("w", "oas_all", "true", "true", "true"),
    ]


def test_each_part_of_a_wall_is_where_it_was_said():
    wall = RowWall(name="W", read="1", write="2", becomes="3", staff_read="4", staff_write="5", staff_becomes="6")

    assert made(wall).split("; ")[1:] == [*policies("w", "oas_app", 1, 2, 3), *policies("w", "oas_all", 4, 5, 6)]


def test_what_becomes_is_what_may_be_written_unless_it_is_said():
    wall = RowWall(name="w", write="2", staff_write="5")

    assert policies("w", "oas_app", f"state_id = ANY ({STATES})", 2, 2)[1] in made(wall)
    assert policies("w", "oas_all", "true", 5, 5)[1] in made(wall)


def test_a_wall_is_taken_away_whole():
    names = [f"w_{role}_{command}" for role in ("oas_app", "oas_all") for command in COMMANDS]

    assert taken_away(RowWall(name="w")).split("; ") == [
        *(f'DROP POLICY "{name}" ON {TABLE}' for name in names),
        f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY",
    ]


COMMANDS = ("select", "insert", "update", "delete")


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("OWN_STATE", f"state_id = ANY ({STATES})"),
        ("SPOKEN_FOR", f"state_id = ANY ({STATES.replace('app.states', 'app.spoken_for')})"),
        ("OTHER_STATES", f"coalesce(state_id <> ALL ({STATES}), true)"),
        ("SHARED", f"audience = 'public' OR (audience = 'states' AND cardinality({STATES}) > 0)"),
        ("ONLY_ME", f"person_id = {PERSON}"),
        ("NOBODY", "false"),
        ("EVERYBODY", "true"),
    ],
)
def test_what_the_words_of_a_wall_mean(said, means):
    assert f"USING ({means})" in made(RowWall(name="w", read=getattr(walls, said)))


def test_every_leg_can_be_named():
    assert f"USING ({TEAMS} {PARTNERS} {GUEST})" in made(RowWall(name="w", read="{teams} {partners} {guest}"))


def test_own_or_shared_is_one_or_the_other():
    assert made(RowWall(name="w", read=walls.OWN_STATE_OR_SHARED)) == made(
        RowWall(name="w", read=f"{walls.OWN_STATE} OR {walls.SHARED}")
    )


def test_a_child_is_tied_to_its_parent_by_both_columns():
    tie = SameState(name="t", parent="update")

    assert made(tie) == (
        'CREATE UNIQUE INDEX IF NOT EXISTS "capability_update_id_state" ON "capability_update" (id, state_id); '
        f'ALTER TABLE {TABLE} ADD CONSTRAINT "t" FOREIGN KEY ("update_id", state_id) '
        'REFERENCES "capability_update" (id, state_id) DEFERRABLE INITIALLY IMMEDIATE'
    )
    assert taken_away(tie) == f'ALTER TABLE {TABLE} DROP CONSTRAINT "t"'


def test_a_child_may_be_tied_by_another_column():
    assert '("update_id", guest_id)' in made(SameState(name="t", parent="update", column="guest_id"))
    assert '"capability_update_id_guest"' in made(SameState(name="t", parent="update", column="guest_id"))


def test_a_check():
    assert made(SqlCheck(name="c", check="a > 1")) == f'ALTER TABLE {TABLE} ADD CONSTRAINT "c" CHECK (a > 1)'
    assert taken_away(SqlCheck(name="c", check="a > 1")) == f'ALTER TABLE {TABLE} DROP CONSTRAINT "c"'


@pytest.mark.parametrize(
    ("trigger", "when", "call"),
    [
        (Audited(name="t"), AFTER := "AFTER INSERT OR UPDATE OR DELETE", "audit_row('{}', 'state_id', 'no')"),
        (Audited(name="t", private=True, state=""), AFTER, "audit_row('{}', '', 'yes')"),
        (Locked(name="t"), BEFORE := "BEFORE UPDATE OR DELETE", "refuse_change('')"),
        (Locked(name="t", but=("a", "b")), BEFORE, "refuse_change('a,b')"),
    ],
)
def test_triggers_call_what_keeps_the_trail_and_the_lock(trigger, when, call):
    call = call.format("capability.draftanswer")

    assert made(trigger) == f'CREATE TRIGGER "t" {when} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {call}'
    assert taken_away(trigger) == f'DROP TRIGGER "t" ON {TABLE}'


def test_a_trigger_calls_its_function():
    plain = type("Plain", (Trigger,), {"when": "AFTER INSERT", "function": "ring"})

    assert made(plain(name="t")).endswith("EXECUTE FUNCTION ring()")


def test_a_constraint_must_say_how_it_is_made_and_taken_away():
    for way in (made, taken_away):
        with pytest.raises(TypeError, match="SqlConstraint must say how"):
            way(SqlConstraint(name="x"))


def test_constraints_are_the_same_when_they_say_the_same():
    one, same, other = RowWall(name="w", read="1"), RowWall(name="w", read="1"), RowWall(name="w", read="2")

    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != SqlCheck(name="w", read="1")
    assert one.deconstruct() == ("common.walls.RowWall", (), {"name": "w", "read": "1"})
    assert one.validate() is None


def test_a_constraint_is_made_after_the_table_stands():
    editor = SimpleNamespace(quote_name=EDITOR.quote_name, deferred_sql=[])

    assert SqlCheck(name="c", check="a > 1").constraint_sql(DraftAnswer, editor) is None
    assert editor.deferred_sql == [f'ALTER TABLE {TABLE} ADD CONSTRAINT "c" CHECK (a > 1)']


# A scope ----------------------------------------------------------------------------------------------------------

LEGS = (
    "app.states", "app.teams", "app.partners", "app.person", "app.guest", "app.page", "transaction_read_only",
    "app.spoken_for",
)  # fmt: skip


def told():
    with connection.cursor() as cursor:
        asked = ", ".join(f"current_setting('{name}', true)" for name in LEGS)
        cursor.execute(f"SELECT current_user, {asked}")
        return [part or "" for part in cursor.fetchone()]


@pytest.mark.django_db
def test_the_database_is_told_every_leg_and_nothing_else():
    reach = Reach(states=(3, 4), teams=(5,), partners=(6, 7), person=8, guest=9, spoken_for=(4, 10))

    with scope(reach, read_only=True, page="GET /x/"):
        assert told() == ["oas_app", "3,4", "5", "6,7", "8", "9", "GET /x/", "on", "4,10"]
    with scope(NOTHING):
        assert told() == ["oas_app", "", "", "", "", "", "", "off", ""]
    with scope(PROGRAMME, page="worker"):
        assert told() == ["oas_all", "", "", "", "", "", "worker", "off", ""]


@pytest.mark.django_db
def test_leaving_a_scope_gives_back_reach_and_page():
    mine = Reach(states=(3,))
    with scope(mine, page="GET /x/"):
        before = told()
        with scope(PROGRAMME, page="worker"):
            assert current_reach() == PROGRAMME
        assert current_reach() == mine
        assert told() == before
        with scope(PROGRAMME):
            assert told()[6] == "GET /x/"
    assert current_reach() == NOTHING


@pytest.mark.django_db
def test_a_scope_that_broke_leaves_the_outer_one_usable():
    with scope(Reach(states=(3,))):
        with pytest.raises(ValueError, match="broke"), scope(PROGRAMME):
            raise ValueError("broke")
        assert told()[:2] == ["oas_app", "3"]


@pytest.mark.django_db
def test_a_transaction_that_must_be_rolled_back_is_told_nothing_more():
    with transaction.atomic():
        with scope(NOTHING):
            connection.needs_rollback = True
        connection.needs_rollback = False


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_there_is_nobody_to_give_a_scope_back_to(django_assert_num_queries):
    with django_assert_num_queries(3), scope(NOTHING):  # begin, tell, commit
        pass


@pytest.mark.django_db
def test_who_reaches_what_is_asked_once(lead_chl, django_assert_num_queries):
    person = type(lead_chl).objects.get(pk=lead_chl.pk)
    reach = reach_of(person)

    with django_assert_num_queries(0):
        assert reach_of(person) == reach


@pytest.mark.django_db
def test_a_row_is_held_while_its_status_is_asked(update_chl, lead_chl):
    """Two at once: the second waits, and is told how the first one left it."""
    with scope(PROGRAMME), CaptureQueriesContext(connection) as asked, pytest.raises(Refused):
        move(update_chl, ACCEPT, moves=UpdateMove, by=lead_chl)

    assert "FOR UPDATE" in asked.captured_queries[1]["sql"]


@pytest.mark.django_db
def test_each_move_is_one_version(update_chl, lead_chl):
    with scope(Reach(states=(update_chl.state_id,), person=lead_chl.pk)):
        before = update_chl.version
        move(update_chl, SUBMIT, moves=UpdateMove, by=lead_chl, state_id=update_chl.state_id)
        update_chl.refresh_from_db()

    assert update_chl.version == before + 1
