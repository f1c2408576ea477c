"""How many were asked and have answered: counted whole for everybody who reads an alert, and never who."""

import pytest

from accounts.models import StaffRole, User
from common.days import today
from common.scope import Reach, reach_of, scope
from common.tlp import Tlp
from csirt_network.answers import Side, sides_of, totals_of
from csirt_network.makers import hides_source
from csirt_network.models import Acknowledgement
from tests.factories.alerts import OUT_AT, make_alert, to_person, to_team

pytestmark = pytest.mark.django_db


def afresh(person):
    return User.objects.get(pk=person.pk)


def answered(alert, by, team=None, answer="checking", **facts):
    whose = {"team": team} if team else {"person": by}
    with scope(Reach(teams=(team.pk,) if team else (), person=by.pk, community=True)):
        Acknowledgement.objects.create(alert=alert, version=1, answer=answer, by=by, **whose, **facts)


def counted(alert, reader):
    with scope(reach_of(afresh(reader))):
        totals = totals_of(alert)
        return totals.asked, totals.answered, totals.silent


@pytest.fixture
def others(officer, rep_jam, csirt_jam, csirt_chl, lead_chl):
    """Alerts beside the one that is counted, with answers of their own."""
    beside = make_alert(Tlp.AMBER, to_team(csirt_jam), to_person(lead_chl), by=officer)
    answered(beside, rep_jam, csirt_jam)
    answered(beside, lead_chl)


def test_teams_are_asked_and_whoever_is_named_beside_them_is_not_counted(
    others, officer, lead_chl, rep_chl, rep_jam, csirt_chl, csirt_jam
):
    alert = make_alert(Tlp.AMBER, to_team(csirt_chl), to_team(csirt_jam), to_person(lead_chl), by=officer)
    assert counted(alert, rep_jam) == counted(alert, officer) == (2, 0, 2)

    answered(alert, rep_chl, csirt_chl, replaced_at=OUT_AT)
    answered(alert, rep_chl, csirt_chl, "affected")
    answered(alert, lead_chl)

    for reader in (rep_jam, officer, lead_chl):
        assert counted(alert, reader) == (2, 1, 1)
    answered(alert, rep_jam, csirt_jam)
    assert counted(alert, rep_jam) == (2, 2, 0)
    with scope(reach_of(afresh(rep_jam))):
        assert dict(totals_of(alert).rows)[str(Acknowledgement.Answer.AFFECTED.label)] == 1
        assert sum(number for _answer, number in totals_of(alert).rows) == 2


def test_whom_it_comes_from_is_not_asked(others, rep_chl, rep_jam, csirt_chl, csirt_jam):
    alert = make_alert(Tlp.GREEN, to_team(csirt_chl), to_team(csirt_jam), by=rep_chl, origin=csirt_chl)

    assert counted(alert, rep_jam) == counted(alert, rep_chl) == (1, 0, 1)


def test_under_red_persons_are_asked_and_its_author_is_not(others, rep_chl, rep_jam, lead_chl, csirt_chl):
    alert = make_alert(Tlp.RED, to_person(rep_jam), to_person(lead_chl), by=rep_chl, origin=csirt_chl)
    assert counted(alert, rep_jam) == (2, 0, 2)

    answered(alert, rep_jam)
    assert counted(alert, lead_chl) == counted(alert, rep_chl) == (2, 1, 1)


def test_staff_who_work_in_a_team_answer_for_it(officer, rep_chl, csirt_chl):
    StaffRole.objects.create(person=rep_chl, role="observer", starts_on=today())
    alert = make_alert(Tlp.AMBER, to_team(csirt_chl), by=officer)
    with scope(reach_of(afresh(rep_chl))):
        assert sides_of(alert, afresh(rep_chl)) == [Side(csirt_chl)]

    assert (Side(csirt_chl).value, Side(None).value) == (str(csirt_chl.pk), "me")


def test_that_a_source_is_hidden_is_known_to_the_source_and_to_whoever_hides_it(
    officer, rep_chl, rep_jam, csirt_chl, csirt_jam
):
    facts = {"by": rep_chl, "origin": csirt_chl}
    ours, theirs = make_alert(Tlp.GREEN, **facts), make_alert(Tlp.GREEN, by=officer)
    through = make_alert(Tlp.GREEN, is_hidden=True, **facts)

    def hidden(alert, person):
        alert.__dict__.pop("known_origin", None)
        with scope(reach_of(afresh(person))):
            return hides_source(alert, afresh(person))

    assert [hidden(through, person) for person in (rep_chl, officer, rep_jam)] == [True, True, False]
    assert not any(hidden(alert, person) for alert in (ours, theirs) for person in (rep_chl, officer, rep_jam))
