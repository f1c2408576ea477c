"""The trail says who changed what, when and from which page, whatever way the change was made."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from accounts.models import AuditEntry
from capability.models import Update
from common.scope import NOTHING, PROGRAMME, Reach, reach_of, scope
from tests.factories.capability import make_draft


def test_a_change_names_who_and_from_which_page(update_chl, officer):
    with scope(reach_of(officer), page="POST /updates/"):
        Update.objects.filter(pk=update_chl.pk).update(answered=3)
        entry = AuditEntry.objects.visible_to(officer).of(update_chl).first()

        assert (entry.by_id, entry.page, entry.verb, entry.state_id) == (
            officer.pk,
            "POST /updates/",
            "U",
            update_chl.state_id,
        )
        assert entry.changes == [("answered", 0, 3)]


def test_raw_sql_shows_too(update_chl, officer):
    with scope(reach_of(officer)):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE capability_update SET answered = 7 WHERE id = %s", [update_chl.pk])

        assert AuditEntry.objects.of(update_chl).first().changes == [("answered", 0, 7)]


def test_drafts_leave_no_trace_for_staff(update_chl, lead_chl, officer):
    make_draft(update_chl, "D1.1", by=lead_chl, text="CANARY draft")

    with scope(reach_of(officer)):
        assert not AuditEntry.objects.filter(model="capability.draftanswer").exists()
    with scope(reach_of(lead_chl)):
        assert AuditEntry.objects.filter(model="capability.draftanswer").exists()


def test_another_states_trail_is_closed(update_chl, lead_jam):
    with scope(reach_of(lead_jam)):
        assert not AuditEntry.objects.filter(state_id=update_chl.state_id).exists()


@pytest.mark.parametrize("statement", ["UPDATE accounts_auditentry SET page = ''", "DELETE FROM accounts_auditentry"])
@pytest.mark.parametrize("reach", [PROGRAMME, NOTHING], ids=["as the programme", "as anybody"])
def test_the_trail_cannot_be_altered(update_chl, statement, reach):
    with pytest.raises(ProgrammingError, match="permission denied"), scope(reach), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_entry_cannot_be_signed_with_anothers_name(chile, officer, lead_chl):
    own = Reach(states=(chile.pk,), person=lead_chl.pk)

    with pytest.raises(DatabaseError, match="row-level security"), scope(own), transaction.atomic():
        AuditEntry.objects.create(by_id=officer.pk, verb="U", model="x", object_id=1)


def test_passwords_are_not_in_the_trail(officer):
    officer.set_password("a long enough secret phrase")
    officer.save()

    with scope(PROGRAMME):
        assert all("password" not in (entry.after or {}) for entry in AuditEntry.objects.of(officer))


def test_an_administrator_reads_the_history_of_people_and_not_of_answers(update_chl, admin, officer, lead_chl):
    with scope(PROGRAMME):
        Update.objects.filter(pk=update_chl.pk).update(answered=3)
    officer.name = "Ana Nueva"
    officer.save()

    with scope(reach_of(admin)):
        assert AuditEntry.objects.visible_to(admin).of(officer).first().changes == [
            ("name", "Ana Ejemplo", "Ana Nueva")
        ]
        assert not AuditEntry.objects.of(update_chl).exists()
        assert set(AuditEntry.objects.all()) == set(AuditEntry.objects.visible_to(admin))
    with scope(reach_of(lead_chl)):
        assert not AuditEntry.objects.of(officer).exists()
