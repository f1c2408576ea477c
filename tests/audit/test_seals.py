"""Whoever touches the trail, with whatever rights, is found; the finding says when the entry was written."""

import random
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from accounts.models import AuditEntry
from audit.mails import HEAD
from audit.models import Fingerprint, Seal
from audit.sealing import seal
from audit.tasks import seal_trail
from audit.verifying import findings
from common.scope import NOTHING, PROGRAMME, Reach, scope
from notices.models import Mail
from tests.audit.conftest import change
from tests.factories.capability import make_draft

TIMES = 5  # of each attack; `dev.py prove` makes 200


def test_each_entry_leaves_a_fingerprint_whoever_may_read_it(update_chl, lead_chl):
    make_draft(update_chl, "D1.1", by=lead_chl, text="closed to staff")

    with scope(PROGRAMME):
        sealed = seal()
        hidden = AuditEntry.objects.filter(model="capability.draftanswer").exists()

    assert not hidden
    with scope(Reach(states=(update_chl.state_id,))):
        drafts = list(AuditEntry.objects.filter(model="capability.draftanswer").values_list("pk", flat=True))
    with scope(PROGRAMME):
        assert Fingerprint.objects.filter(entry_id__in=drafts, seal=sealed).count() == len(drafts) > 0


def test_seals_are_chained_and_cover_each_entry_once(update_chl):
    first = seal()
    change(update_chl, 3)
    second = seal()

    assert second.previous == first.digest
    assert (second.entries, seal()) == (1, None)


def test_an_entry_that_commits_late_goes_under_the_next_seal(update_chl):
    seal()
    with scope(PROGRAMME):
        late = AuditEntry.objects.create(verb="R", model="accounts.user", object_id=1)
        AuditEntry.objects.create(verb="R", model="accounts.user", object_id=2)
        Fingerprint.objects.filter(pk=late.pk).update(seal=seal())

    assert seal() is None


@pytest.mark.parametrize("reach", [PROGRAMME, NOTHING], ids=["as the programme", "as anybody"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_fingerprint SET digest = ''",
        "DELETE FROM audit_fingerprint",
        "UPDATE audit_seal SET made_at = now()",
        "DELETE FROM audit_seal",
        "DELETE FROM audit_tally",
    ],
)
def test_the_portal_itself_cannot_touch_what_is_sealed(update_chl, statement, reach):
    seal()

    with pytest.raises(ProgrammingError, match="permission denied"), scope(reach), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_first_head_of_a_day_is_mailed_to_administrators_once(update_chl, admin, officer):
    seal_trail()
    change(update_chl, 4)
    seal_trail()

    with scope(PROGRAMME):
        mails = Mail.objects.filter(kind=HEAD)
        assert [(mail.person, mail.object_id) for mail in mails] == [(admin, Seal.objects.first().pk)]


# What follows is done by somebody with all rights over the database.


def entries():
    return list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True))


def test_an_untouched_trail_has_no_finding(trail):
    assert list(findings([seal.head for seal in Seal.objects.all()])) == []


ATTACKS = {
    "edits one": "UPDATE accounts_auditentry SET page = page || '.' WHERE id = %(one)s",
    "changes who it was": "UPDATE accounts_auditentry SET by_id = coalesce(by_id, 0) + 1 WHERE id = %(one)s",
    "moves it in time": "UPDATE accounts_auditentry SET at = at - interval '1 microsecond' WHERE id = %(one)s",
    "deletes one": "DELETE FROM accounts_auditentry WHERE id = %(one)s",
    "swaps two": """UPDATE accounts_auditentry e SET before = o.before, after = o.after, at = o.at
                    FROM accounts_auditentry o WHERE (e.id, o.id) IN ((%(one)s, %(two)s), (%(two)s, %(one)s))""",
    "deletes one and its fingerprint": """
        DELETE FROM accounts_auditentry WHERE id = %(one)s; DELETE FROM audit_fingerprint WHERE entry_id = %(one)s""",
    "edits one and its fingerprint": """
        UPDATE accounts_auditentry SET page = page || '.' WHERE id = %(one)s;
        UPDATE audit_fingerprint f SET digest = fingerprint_of(e) FROM accounts_auditentry e
         WHERE e.id = f.entry_id AND e.id = %(one)s""",
    "moves one to another seal": """
        UPDATE audit_fingerprint SET seal_id = (SELECT max(id) FROM audit_seal WHERE id <> seal_id)
         WHERE entry_id = %(one)s""",
    "moves a seal in time": """
        UPDATE audit_seal SET made_at = made_at - interval '1 microsecond'
         WHERE id = (SELECT seal_id FROM audit_fingerprint WHERE entry_id = %(one)s)""",
    "counts a seal otherwise": """
        UPDATE audit_seal SET entries = entries + 1
         WHERE id = (SELECT seal_id FROM audit_fingerprint WHERE entry_id = %(one)s)""",
    "takes the last seal off": """
        UPDATE audit_fingerprint SET seal_id = NULL WHERE seal_id = (SELECT max(id) FROM audit_seal);
        DELETE FROM audit_seal WHERE id = (SELECT max(id) FROM audit_seal)""",
    "cuts the tail": """
        DELETE FROM audit_seal WHERE id > (SELECT min(id) FROM audit_seal) AND id >= (
            SELECT seal_id FROM audit_fingerprint WHERE entry_id = %(one)s);
        DELETE FROM accounts_auditentry WHERE id IN (
            SELECT entry_id FROM audit_fingerprint WHERE seal_id IS NULL OR seal_id NOT IN (SELECT id FROM audit_seal));
        DELETE FROM audit_fingerprint WHERE seal_id IS NULL OR seal_id NOT IN (SELECT id FROM audit_seal)""",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_tampering_is_found_each_time(trail, attack):
    dice = random.Random(attack)
    for _ in range(TIMES):
        one, two = dice.sample(entries()[2:], 2)
        trail.execute("BEGIN")
        trail.execute(ATTACKS[attack], {"one": one, "two": two})

        found = list(findings())

        trail.execute("ROLLBACK")
        assert found, f"{attack}: {one}, {two}"


def test_a_finding_names_the_seals_between_which_the_entry_was_written(trail):
    entry = Fingerprint.objects.filter(seal=Seal.objects.all()[4]).first().pk
    trail.execute("UPDATE accounts_auditentry SET page = 'elsewhere' WHERE id = %s", [entry])

    (found,) = findings()

    before, its = Seal.objects.all()[3:5]
    assert (found.after, found.before) == (before.made_at, its.made_at)
    assert str(found).startswith(f"The entry {entry} was edited, written after ")


def test_an_entry_slipped_in_around_the_trigger_is_found(trail):
    trail.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER keep_fingerprint")
    trail.execute(
        "INSERT INTO accounts_auditentry (page, verb, model, object_id, is_private) VALUES ('', 'R', 'x', 1, false)"
    )
    trail.execute("ALTER TABLE accounts_auditentry ENABLE TRIGGER keep_fingerprint")

    assert [re.sub(r"\d+", "N", found.what) for found in findings()] == [
        "The entry N has no fingerprint: it was added around the trigger, or its fingerprint was removed"
    ]


def test_a_sealer_that_stands_still_is_told(trail, update_chl):
    trail.execute("UPDATE accounts_auditentry SET at = now() - interval '1 hour' WHERE id = %s", [entries()[-1]])
    trail.execute("UPDATE audit_fingerprint SET seal_id = NULL WHERE entry_id = %s", [entries()[-1]])

    assert any("the sealer does not run" in found.what for found in findings())


def test_the_command_says_how_many_entries_stand(trail, capsys):
    call_command("verify_audit", head=[Seal.objects.first().head])

    assert (
        f"{len(entries())} entries, each as it was written. The head is {Seal.objects.last().head}."
        in capsys.readouterr().out
    )


def test_the_command_fails_when_something_was_changed(trail, capsys):
    trail.execute("UPDATE accounts_auditentry SET page = 'elsewhere' WHERE id = %s", [entries()[0]])

    with pytest.raises(CommandError, match="1 findings"):
        call_command("verify_audit")


def test_the_command_refuses_a_role_from_whom_rows_are_hidden(db):
    with pytest.raises(CommandError, match="Rows are hidden from this role"):
        call_command("verify_audit")


def test_a_head_that_is_none_is_answered_with_a_sentence(trail):
    with pytest.raises(CommandError, match="it reads NUMBER:DIGEST"):
        call_command("verify_audit", head=["yesterday"])
