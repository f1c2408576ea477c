"""What is under a label stands in the audit trail as evidence; nobody reads it there (docs/security.md)."""

import pytest

from accounts.models import AuditEntry
from audit.models import Fingerprint
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from tests.csirt_network.alerts import fresh, send_out

pytestmark = pytest.mark.django_db
PRIVATE = ("alert", "alertversion", "indicator", "countersign", "libraryitem")


def kept():
    with scope(PROGRAMME):
        return Fingerprint.objects.count()


def read_by(person, *verbs):
    """By the filter, and by the wall without it."""
    person, models = fresh(person), [f"csirt_network.{name}" for name in PRIVATE]
    with scope(reach_of(person)):
        found = [AuditEntry.objects.visible_to(person), AuditEntry._base_manager.all()]
        return {entry.verb for rows in found for entry in rows.filter(model__in=models, verb__in=verbs)}


@pytest.mark.parametrize("tlp", list(Tlp))
def test_what_was_written_is_kept_and_shown_to_nobody(
    csirt_chl, rep_chl, analyst_chl, rep_jam, lead_chl, officer, manager, admin, tlp
):
    before = kept()
    teams, people = ((), [rep_chl]) if tlp == Tlp.RED else ([csirt_chl], ())
    send_out(*teams, by=rep_chl, origin=csirt_chl, tlp=tlp, people=people)

    assert kept() > before
    for person in (rep_chl, analyst_chl, rep_jam, lead_chl, officer, manager, admin):
        assert not read_by(person, "I", "U", "D"), person


@pytest.mark.parametrize(("by", "seen"), [("officer", {"R"}), ("rep_chl", set())])
def test_a_strict_reading_is_seen_by_the_programme_where_it_was_given_the_alert(
    csirt_chl, rep_chl, analyst_chl, officer, second_officer, admin, sign_in, by, seen
):
    of_programme = by == "officer"
    author, origin = (officer, None) if of_programme else (rep_chl, csirt_chl)
    alert = send_out(csirt_chl, by=author, origin=origin, tlp=Tlp.STRICT)
    assert sign_in(analyst_chl).get(alert.get_absolute_url()).status_code == 200

    assert read_by(second_officer, "R") == seen
    for person in (rep_chl, analyst_chl, admin):
        assert read_by(person, "R") == set()
