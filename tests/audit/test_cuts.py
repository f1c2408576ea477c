"""Whoever cuts the chain is found without anything kept outside; what merely looks like a cut is no finding."""

from contextlib import suppress

from django.db import transaction

from audit.mails import mail_head
from audit.models import Seal
from audit.sealing import DIGEST_AT_FIRST, digest_of, seal
from audit.tasks import seal_trail
from audit.verifying import findings
from notices.models import Mail
from tests.audit.conftest import change


def cut(trail, after):
    """Every entry, fingerprint and seal later than the seal `after`: what is left is a whole chain."""
    of_later = "SELECT entry_id FROM audit_fingerprint WHERE seal_id > %s"
    trail.execute(f"DELETE FROM accounts_auditentry WHERE id IN ({of_later})", [after.pk])  # noqa: S608 (our own words)
    trail.execute("DELETE FROM audit_fingerprint WHERE seal_id > %s", [after.pk])
    trail.execute("DELETE FROM audit_seal WHERE id > %s", [after.pk])


def test_a_trail_cut_short_with_all_its_seals_is_found_and_dated(trail):
    last = Seal.objects.all()[5]
    made = Seal.objects.count()
    cut(trail, last)

    (found,) = findings()
    assert found.what == f"{made} seals were made and 6 are here: the chain was cut, or its count altered"
    assert found.after == last.made_at


def test_a_cut_is_found_also_when_the_portal_went_on(trail, update_chl):
    last = Seal.objects.all()[5]
    cut(trail, last)
    for number in range(60, 70):
        change(update_chl, number)
        seal()

    (found,) = findings()
    assert found.after == last.made_at


def test_a_cut_is_found_by_the_head_kept_outside_whatever_was_made_to_fit(trail):
    head, last = Seal.objects.last().head, Seal.objects.all()[5]
    cut(trail, last)
    trail.execute("UPDATE audit_tally SET seals = 6")

    assert list(findings()) == []
    (found,) = findings([head])
    assert found.after == last.made_at


def test_a_cut_is_found_by_the_mail_of_a_head(trail, admin, update_chl):
    seal_trail()
    change(update_chl, 60)
    mail_head(mailed := seal())
    Mail.objects.update(object_id=mailed.pk)  # the first of another day
    cut(trail, Seal.objects.all()[5])
    trail.execute("UPDATE audit_tally SET seals = 6")

    (found,) = findings()
    assert found.what == f"The seal {mailed.pk}, whose head was mailed, is gone"


def test_numbers_that_were_never_used_are_no_finding(trail, update_chl):
    """A seal that was rolled back uses one up; PostgreSQL skips some when it recovers or is restored."""
    trail.execute("SELECT setval(pg_get_serial_sequence('audit_seal', 'id'), max(id) + 32) FROM audit_seal")
    assert list(findings()) == []
    change(update_chl, 60)
    with suppress(ZeroDivisionError), transaction.atomic():
        seal()
        raise ZeroDivisionError
    seal()

    assert list(findings()) == []


def test_seals_that_were_made_before_they_held_their_time_are_whole(trail, update_chl):
    """As the first form made them: a chain that begins with it is no finding, and one that falls back to it is."""
    before = ""
    for one in Seal.objects.order_by("pk"):
        one.previous = before
        before = digest_of(one, DIGEST_AT_FIRST)
        trail.execute("UPDATE audit_seal SET previous = %s, digest = %s WHERE id = %s", [one.previous, before, one.pk])
    for number in (60, 61):
        change(update_chl, number)
        new = seal()
    assert list(findings()) == []

    trail.execute("UPDATE audit_seal SET digest = %s WHERE id = %s", [digest_of(new, DIGEST_AT_FIRST), new.pk])
    (found,) = findings()
    assert found.what.startswith(f"The seal {new.pk} does not hold what it held")
