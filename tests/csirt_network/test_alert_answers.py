"""Answering an alert: who is asked, what is counted, and who learns which team said what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from csirt_network import reads, reminders
from csirt_network.actions.answering import acknowledge
from csirt_network.answers import Side, sides_of, totals_of
from csirt_network.models import Acknowledgement, Alert, Receipt
from notices.models import Mail
from review.actions import Refused
from tests.factories.alerts import make_alert, to_person, to_programme, to_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def amber(manager, csirt_chl, csirt_jam, csirt_banks):
    """From the programme to all three teams."""
    return make_alert(Tlp.AMBER, by=manager)


def path(alert, *more):
    return "/".join(["/alerts", str(alert.pk), *more, ""])


def say(client, alert, answer="checking", note="", **more):
    return client.post(path(alert, "acknowledge"), {"answer": answer, "note": note, **more})


def standing(alert, person):
    with scope(reach_of(User.objects.get(pk=person.pk))):
        return [(a.team and a.team.name, a.answer) for a in Acknowledgement.objects.standing().filter(alert=alert)]


def test_a_team_answers_once_whoever_of_it_does(sign_in, amber, rep_chl, analyst_chl):
    assert say(sign_in(rep_chl), amber).status_code == 302
    say(sign_in(analyst_chl), amber, "not-affected")

    assert standing(amber, rep_chl) == [("CSIRT of Chile", "not-affected")]


def test_what_was_said_before_is_kept(sign_in, amber, rep_chl):
    client = sign_in(rep_chl)
    say(client, amber, "checking")
    say(client, amber, "affected", "two machines")

    with scope(reach_of(rep_chl)):
        said = [(a.answer, a.note, a.replaced_at is None) for a in Acknowledgement.objects.order_by("pk")]
    assert said == [("checking", "", False), ("affected", "two machines", True)]
    assert b"replaced" in client.get(path(amber)).content


def test_the_same_answer_again_is_no_second_one(sign_in, amber, rep_chl):
    client = sign_in(rep_chl)
    for _time in range(3):
        say(client, amber, "checking")

    with scope(reach_of(rep_chl)):
        assert Acknowledgement.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choose an answer."),
        ({"answer": "nonsense"}, "Choose one of the four answers."),
        ({"answer": "help", "note": "x" * 2001}, "under 2,000 characters"),
        ({"answer": "help", "side": "987654"}, "Choose one of your teams."),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_keeps_what_was_typed(sign_in, amber, rep_chl, given, sentence):
    response = sign_in(rep_chl).post(path(amber, "acknowledge"), {"note": "typed", **given})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert given.get("note", "typed") in response.content.decode()


def test_a_closed_alert_takes_no_answer(sign_in, amber, rep_chl, manager):
    with scope(reach_of(manager)):
        Alert.objects.filter(pk=amber.pk).update(closed_at=timezone.now())

    response = sign_in(rep_chl).post(path(amber, "acknowledge"), {"answer": "help"}, follow=True)

    assert "This alert is closed" in response.content.decode()
    assert not standing(amber, rep_chl)


def test_teams_see_the_total_and_not_who(sign_in, amber, rep_chl, rep_jam, manager):
    say(sign_in(rep_chl), amber, "help", "our own trouble")

    page = sign_in(rep_jam).get(path(amber)).content.decode()
    assert "of 3 teams have answered" in page
    assert "our own trouble" not in page
    assert "CSIRT of Chile" not in page
    assert sign_in(rep_jam).get(path(amber, "answers")).status_code == 403
    board = sign_in(manager).get(path(amber, "answers")).content.decode()
    assert "our own trouble" in board
    assert board.index("CSIRT of Chile") < board.index("CIRT of Jamaica")
    assert standing(amber, rep_jam) == []


def test_between_teams_the_programme_learns_nothing(sign_in, csirt_chl, csirt_jam, rep_chl, rep_jam, manager):
    alert = make_alert(Tlp.STRICT, to_team(csirt_chl), by=rep_jam, origin=csirt_jam)
    say(sign_in(rep_chl), alert, "affected", "secret")

    assert sign_in(manager).get(path(alert)).status_code == 404
    assert standing(alert, manager) == []
    assert standing(alert, rep_jam) == [("CSIRT of Chile", "affected")]
    with scope(reach_of(rep_chl)):
        assert (totals_of(alert).asked, totals_of(alert).answered) == (1, 1)


def test_the_origin_is_not_asked_also_when_it_is_hidden(sign_in, csirt_chl, csirt_jam, csirt_banks, rep_jam, rep_chl):
    alert = make_alert(Tlp.GREEN, by=rep_jam, origin=csirt_jam, is_hidden=True)

    with scope(reach_of(rep_jam)):
        assert sides_of(alert, rep_jam) == []
    with scope(reach_of(rep_chl)):
        assert totals_of(alert).asked == 2
    assert "CIRT of Jamaica" not in sign_in(rep_chl).get(path(alert)).content.decode()
    assert sign_in(rep_jam).get(path(alert, "answers")).status_code == 200


def test_constituents_read_and_are_not_asked(sign_in, csirt_chl, rep_banks, manager):
    alert = make_alert(Tlp.AMBER, to_team(csirt_chl), by=manager)
    client = sign_in(rep_banks)

    assert client.get(path(alert)).status_code == 200
    assert say(client, alert).status_code == 403


def test_red_is_answered_in_person_and_known_to_its_author_alone(
    sign_in, csirt_chl, csirt_jam, rep_jam, rep_chl, analyst_chl
):
    alert = make_alert(Tlp.RED, to_person(analyst_chl), by=rep_jam, origin=csirt_jam)
    assert say(sign_in(analyst_chl), alert, "affected").status_code == 302

    assert sign_in(rep_chl).get(path(alert)).status_code == 404
    assert standing(alert, rep_chl) == []
    assert standing(alert, rep_jam) == [(None, "affected")]
    assert "Ana Lista" in sign_in(rep_jam).get(path(alert, "answers")).content.decode()


def test_help_is_heard_at_once_by_the_programme_that_was_given_the_alert(sign_in, amber, rep_chl, officer, observer):
    say(sign_in(rep_chl), amber, "help")

    with scope(PROGRAMME):
        told = {mail.person for mail in Mail.objects.filter(kind="alert help asked")}
    assert officer in told
    assert observer not in told


def test_help_is_heard_by_the_origin_where_the_programme_was_not(
    sign_in, csirt_chl, csirt_jam, rep_chl, rep_jam, officer
):
    alert = make_alert(Tlp.AMBER, to_team(csirt_chl), by=rep_jam, origin=csirt_jam)
    say(sign_in(rep_chl), alert, "help")

    with scope(PROGRAMME):
        assert {mail.person for mail in Mail.objects.filter(kind="alert help asked")} == {rep_jam}


def test_what_waits_is_counted_until_it_is_answered(amber, rep_chl, rep_jam):
    def waiting(person):
        with scope(reach_of(person)):
            return Alert.objects.visible_to(person).waiting_for(person).count()

    assert (waiting(rep_chl), waiting(rep_jam)) == (1, 1)
    with scope(reach_of(rep_chl)):
        acknowledge(alert=amber, side=sides_of(amber, rep_chl)[0], answer="checking", note="", by=rep_chl)
    assert (waiting(rep_chl), waiting(rep_jam)) == (0, 1)


@pytest.mark.parametrize(
    ("hours", "threshold"),
    [(30, None), (23, "soon"), (-1, "late"), (-24 * 8, None)],
    ids=["far", "soon", "late", "old"],
)
def test_reminders_come_a_day_before_and_when_it_is_late(amber, rep_chl, analyst_chl, hours, threshold):
    due(amber, hours)
    for _time in range(3):
        reminders.remind()

    with scope(PROGRAMME):
        told = [(mail.person, mail.threshold.split()[0]) for mail in Mail.objects.filter(kind="alert answer due")]
    assert sorted(told, key=str) == sorted([(p, threshold) for p in (rep_chl, analyst_chl) if threshold], key=str)


def test_who_has_answered_is_not_reminded(sign_in, amber, rep_chl):
    say(sign_in(rep_chl), amber)
    due(amber, 3)
    reminders.remind()

    with scope(PROGRAMME):
        assert not Mail.objects.filter(kind="alert answer due").exists()


def due(alert, hours):
    with scope(PROGRAMME):
        Alert.objects.filter(pk=alert.pk).update(answer_by=timezone.now() + timedelta(hours=hours))


@pytest.mark.parametrize("tlp", [Tlp.AMBER, Tlp.STRICT])
def test_that_it_was_opened_is_known_to_the_origin_and_not_to_other_teams(
    sign_in, csirt_chl, csirt_jam, csirt_banks, rep_chl, rep_jam, rep_banks, tlp
):
    alert = make_alert(tlp, to_team(csirt_chl), to_team(csirt_banks), by=rep_jam, origin=csirt_jam)
    for _time in range(2):
        sign_in(rep_chl).get(path(alert))

    def opened(person):
        with scope(reach_of(User.objects.get(pk=person.pk))):
            return [receipt.team.name for receipt in Receipt.objects.visible_to(person)]

    assert opened(rep_jam) == opened(rep_chl) == ["CSIRT of Chile"]
    assert opened(rep_banks) == []


@pytest.mark.parametrize(("tlp", "entries"), [(Tlp.GREEN, 0), (Tlp.AMBER, 0), (Tlp.STRICT, 1)])
def test_reading_the_strict_labels_is_recorded(sign_in, csirt_chl, rep_chl, manager, tlp, entries):
    alert = make_alert(tlp, to_team(csirt_chl), to_person(rep_chl), by=manager)
    sign_in(rep_chl).get(path(alert))

    with scope(PROGRAMME):
        read = AuditEntry.objects.filter(verb="R", model="csirt_network.alert", object_id=alert.pk)
        assert [entry.by_id for entry in read] == [rep_chl.pk] * entries


@pytest.mark.parametrize("tlp", [Tlp.STRICT, Tlp.RED])
def test_what_the_programme_was_not_given_it_does_not_see_read(
    monkeypatch, sign_in, csirt_chl, csirt_jam, rep_chl, rep_jam, tlp
):
    recorded = []
    monkeypatch.setattr(reads, "record_read", lambda _request, row, *, private: recorded.append((row, private)))
    alert = make_alert(tlp, to_team(csirt_chl), to_person(rep_chl), by=rep_jam, origin=csirt_jam)
    sign_in(rep_chl).get(path(alert))

    assert recorded == [(alert, True)]


def test_nobody_answers_for_another_team(amber, csirt_jam, rep_chl):
    with scope(reach_of(rep_chl)), pytest.raises(Exception, match="row-level security"):
        acknowledge(alert=amber, side=Side(csirt_jam), answer="help", note="", by=rep_chl)


def test_a_closed_alert_refuses_in_the_action_too(amber, rep_chl):
    with scope(PROGRAMME):
        Alert.objects.filter(pk=amber.pk).update(closed_at=timezone.now())
    with scope(reach_of(rep_chl)), pytest.raises(Refused, match="closed"):
        acknowledge(alert=amber, side=sides_of(amber, rep_chl)[0], answer="help", note="", by=rep_chl)


def test_the_programme_reads_the_answers_it_was_given(sign_in, csirt_chl, csirt_jam, rep_chl, rep_jam, officer):
    alert = make_alert(Tlp.STRICT, to_team(csirt_chl), to_programme(), by=rep_jam, origin=csirt_jam)
    say(sign_in(rep_chl), alert, "affected")

    assert standing(alert, officer) == [("CSIRT of Chile", "affected")]
    assert sign_in(officer).get(path(alert, "answers.csv")[:-1]).status_code == 200
