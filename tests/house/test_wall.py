"""The second wall holds whatever the code above forgets."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from capability.models import Answer, DraftAnswer, Submission, Update
from common.holes import holes, walled_models
from common.scope import NOTHING, PROGRAMME, Reach, reach_of, scope
from tests.factories.capability import make_accepted, make_draft, make_submitted


def test_there_is_no_hole(db):
    assert holes() == []


def test_the_driver_is_psycopg2(db):
    connection.ensure_connection()

    assert type(connection.connection).__module__.startswith("psycopg2")


def test_the_portal_is_no_superuser(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls OR rolcreatedb FROM pg_roles WHERE rolname = session_user")

        assert cursor.fetchone() == (False,)


def test_a_forgotten_filter_shows_only_the_own_state(update_chl, update_jam, lead_chl):
    with scope(reach_of(lead_chl)):
        assert list(Update.objects.all()) == [update_chl]


def test_no_scope_shows_nothing(update_chl):
    for model in walled_models():
        assert model._base_manager.count() == 0, model


def test_staff_see_all_updates_and_no_draft(update_chl, lead_chl, officer):
    make_draft(update_chl, "D1.1", by=lead_chl)

    with scope(reach_of(officer)):
        assert Update.objects.count() == 1
        assert DraftAnswer.objects.count() == 0


def test_a_row_cannot_be_written_into_another_state(update_jam, lead_chl):
    rogue = Update(state_id=update_jam.state_id, edition=update_jam.edition)

    with pytest.raises(ProgrammingError, match="row-level security"), scope(reach_of(lead_chl)):
        rogue.save(force_insert=True)


def test_a_draft_cannot_hang_under_another_states_update(update_jam, lead_chl, chile):
    with pytest.raises(DatabaseError), scope(Reach(states=(chile.pk,), person=lead_chl.pk)):
        DraftAnswer.objects.create(
            update_id=update_jam.pk, state=chile, question="D1.1", saved_by=lead_chl, authors=[lead_chl.pk]
        )


def test_raw_sql_meets_the_wall(update_chl, update_jam, lead_chl):
    with scope(reach_of(lead_chl)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM capability_update")

        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(("audience", "others_see"), [("programme", 0), ("states", 23 + 4), ("public", 23 + 4)])
def test_sharing_passes_the_wall_without_leaving_it(update_chl, lead_chl, lead_jam, audience, others_see):
    make_accepted(update_chl, by=lead_chl, audience=audience)

    with scope(reach_of(lead_jam)):
        assert Answer.objects.count() == others_see
    with scope(NOTHING):
        assert Answer.objects.count() == (27 if audience == "public" else 0)


def test_what_was_sent_is_locked(update_chl, lead_chl):
    submission = make_submitted(update_chl, by=lead_chl)

    for change in (
        lambda: Answer.objects.filter(submission=submission).update(stage=5),
        lambda: Submission.objects.filter(pk=submission.pk).update(number=9),
        lambda: Answer.objects.filter(submission=submission).delete(),
    ):
        with pytest.raises(DatabaseError, match="written once"), scope(PROGRAMME), transaction.atomic():
            change()


def test_scopes_nest_and_give_back(update_chl, update_jam, lead_chl):
    with scope(reach_of(lead_chl)):
        with scope(PROGRAMME):
            assert Update.objects.count() == 2

        assert Update.objects.count() == 1


def test_a_read_only_scope_refuses_to_write(update_chl, officer):
    with pytest.raises(DatabaseError, match="read-only"), scope(reach_of(officer), read_only=True):
        Update.objects.filter(pk=update_chl.pk).update(answered=3)


def test_nobody_leaves_the_roles_they_have(db):
    for statement in (
        "SET ROLE oas_owner",
        "TRUNCATE capability_update",
        "ALTER TABLE capability_update DISABLE ROW LEVEL SECURITY",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
