"""Drafts and publishing: numbers, audiences, second pairs of eyes, and whose alert it is."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions.labels import agree_to_lower, lower_label, raise_label
from csirt_network.actions.publishing import close, countersign, give_back, hand_over, publish, revise
from csirt_network.actions.writing import Changed, Seen, Written, rewrite, write
from csirt_network.models import Alert, AlertVersion, Audience, Indicator, Recipient, Serial
from notices.models import Mail
from review.actions import Refused
from tests.factories.csirt_network import make_member, make_team
from tests.factories.member_states import make_state

pytestmark = pytest.mark.django_db


def written(*recipients, tlp="AMBER", quotes=(), indicators=(), **columns):
    texts = {"title_en": "Fake tax refunds", "happening_en": "Messages promise a refund.", "language": "en"}
    facts = {"kind": "warning", "tlp": tlp, "rsit": ["fraud"], **texts, **columns}
    return Written(columns=facts, recipients=recipients, quotes=quotes, indicators=indicators)


def to(*teams):
    return [Recipient(kind="team", team=team) for team in teams]


def fresh(person):
    return User.objects.get(pk=person.pk)


class As:
    """What a person does, in the person's own scope."""

    def __init__(self, person):
        self.person = fresh(person)

    def __call__(self, action, **given):
        with scope(reach_of(self.person)):
            return action(by=self.person, **given)

    def draft(self, *recipients, origin=None, **facts):
        return self(write, written=written(*recipients, **facts), origin=origin)

    def publish(self, alert):
        return self(publish, alert=alert, edited=alert.edited)


@pytest.fixture
def rep(rep_chl):
    return As(rep_chl)


@pytest.fixture
def analyst(analyst_chl):
    return As(analyst_chl)


@pytest.fixture
def desk(officer):
    return As(officer)


@pytest.fixture
def neighbour(csirt_chl):
    with scope(PROGRAMME):
        return make_team("CERT of Brazil", make_state("brazil"))


def mails(kind, person=None):
    with scope(PROGRAMME):
        found = Mail.objects.filter(kind=kind)
        return (found.filter(person=person) if person else found).count()


def test_it_is_numbered_and_kept_as_it_went_out_when_it_is_published(rep, csirt_chl, neighbour):
    alert = rep.draft(*to(csirt_chl), origin=csirt_chl, indicators=[Seen("domain", "bad.example", "2026-11", "lure")])

    out = rep.publish(alert)

    assert (out.code, out.version) == (f"{timezone.now().year}-001", 1)
    with scope(reach_of(rep.person)):
        kept = AlertVersion.objects.get()
        assert kept.snapshot["indicators"] == [
            {"kind": "domain", "value": "bad.example", "first_seen": "2026-11", "note": "lure"}
        ]
        assert kept.snapshot["title_en"] == "Fake tax refunds"


def test_readers_get_a_mail_and_the_author_none(rep, csirt_chl, analyst_chl, rep_chl):
    rep.publish(rep.draft(*to(csirt_chl), origin=csirt_chl))

    assert (mails("alert", analyst_chl), mails("alert", rep_chl)) == (1, 0)


def test_what_asks_for_an_answer_is_a_duty(rep, csirt_chl, analyst_chl):
    rep.publish(rep.draft(*to(csirt_chl), origin=csirt_chl, answer_by=timezone.now() + timedelta(days=2)))

    assert (mails("alert"), mails("alert to answer", analyst_chl)) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_have_two_numbers_and_a_refused_one_leaves_no_gap(rep, analyst, csirt_chl):
    drafts = [rep.draft(*to(csirt_chl), origin=csirt_chl) for _ in range(4)]
    broken = rep.draft(origin=csirt_chl)
    faults, gate = [], threading.Barrier(len(drafts) + 1)

    def one(alert):
        try:
            gate.wait(60)
            As(rep.person).publish(alert)
        except Refused:
            faults.append(alert)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(alert,)) for alert in (*drafts, broken)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with scope(reach_of(rep.person)):
        assert sorted(Alert.objects.out().values_list("number", flat=True)) == [1, 2, 3, 4]
        assert Serial.objects.get().last == 4
    assert faults == [broken]


def test_the_same_one_published_twice_is_out_once(rep, csirt_chl):
    alert = rep.draft(*to(csirt_chl), origin=csirt_chl)
    rep.publish(alert)

    with pytest.raises(Refused, match="already"):
        rep.publish(alert)


def test_who_saves_second_is_told(rep, analyst, csirt_chl):
    alert = analyst.draft(*to(csirt_chl), origin=csirt_chl)
    rep(rewrite, alert=alert, written=written(*to(csirt_chl), title_en="Mine"), edited=0)

    with pytest.raises(Changed):
        analyst(rewrite, alert=alert, written=written(*to(csirt_chl), title_en="Yours"), edited=0)
    with pytest.raises(Changed):
        rep.publish(alert)
    with scope(reach_of(rep.person)):
        assert Alert.objects.get().title_en == "Mine"


def test_indicators_left_out_of_a_draft_go_and_of_a_version_stay_as_gone(rep, csirt_chl):
    first, second = Seen("domain", "a.example"), Seen("domain", "b.example")
    alert = rep.draft(*to(csirt_chl), origin=csirt_chl, indicators=[first, second])
    rep(rewrite, alert=alert, written=written(*to(csirt_chl), indicators=[first]), edited=0)
    out = rep.publish(rep(fetch, pk=alert.pk))
    rep(
        revise,
        alert=out,
        written=written(*to(csirt_chl), indicators=[second]),
        edited=out.edited,
        what_changed="Another domain.",
    )

    with scope(reach_of(rep.person)):
        assert set(Indicator.objects.values_list("value", "gone_in")) == {("a.example", 2), ("b.example", None)}


def fetch(pk, by):
    return Alert.objects.get(pk=pk)


# Labels and receivers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"tlp": "RED", "recipients": ["team"]}, "named persons"),
        ({"tlp": "RED", "recipients": []}, "Choose who they are"),
        ({"tlp": "AMBER", "recipients": []}, "Nobody would receive it"),
        ({"tlp": "AMBER", "recipients": ["team"], "pap": "CLEAR"}, "PAP:CLEAR"),
        ({"tlp": "AMBER", "recipients": ["team"], "rsit": []}, "type of incident"),
        ({"tlp": "AMBER", "recipients": ["team"], "happening_en": " "}, "title and what is happening"),
    ],
)
def test_what_is_not_whole_or_disagrees_does_not_go_out(rep, csirt_chl, facts, why):
    recipients = to(csirt_chl) if facts["recipients"] else []
    alert = rep.draft(*recipients, origin=csirt_chl, **{name: facts[name] for name in facts if name != "recipients"})

    with pytest.raises(Refused, match=why):
        rep.publish(alert)
    with scope(reach_of(rep.person)):
        assert not Serial.objects.filter(last__gt=0).exists()


def test_a_label_may_not_be_lower_than_the_quoted_ones(rep, csirt_chl):
    source = rep.publish(rep.draft(*to(csirt_chl), origin=csirt_chl, tlp="AMBER+STRICT"))

    with pytest.raises(Refused, match="may not be lower"):
        rep.publish(rep.draft(*to(csirt_chl), origin=csirt_chl, tlp="AMBER", quotes=[source]))
    assert rep.publish(rep.draft(*to(csirt_chl), origin=csirt_chl, tlp="AMBER+STRICT", quotes=[source])).is_out


def test_what_others_sent_is_quoted_only_to_those_who_have_it(rep, csirt_chl, csirt_jam, rep_jam, neighbour):
    with scope(PROGRAMME):
        second = make_member("Sam Second", csirt_jam, "analyst")
    alert = As(rep_jam).draft(*to(csirt_chl), origin=csirt_jam)
    As(second)(countersign, alert=alert)
    source = As(rep_jam).publish(alert)

    with pytest.raises(Refused, match="Not everybody who would read this"):
        rep.publish(rep.draft(*to(csirt_chl, neighbour), origin=csirt_chl, quotes=[source]))
    assert rep.publish(rep.draft(*to(csirt_chl), origin=csirt_chl, quotes=[source])).is_out


def test_what_was_sent_to_one_person_is_not_quoted_to_the_own_team(rep, csirt_chl, csirt_jam, rep_jam):
    """The team an alert comes from reads it, whomever else it is sent to."""
    person = Recipient(kind="person", person=rep_jam)
    source = rep.publish(rep.draft(person, origin=csirt_chl, tlp="AMBER+STRICT"))
    quoting = {"origin": csirt_jam, "tlp": "AMBER+STRICT", "quotes": [source]}

    with pytest.raises(Refused, match="count the team it comes from"):
        As(rep_jam).publish(As(rep_jam).draft(Recipient(kind="person", person=rep_jam), **quoting))
    named = {"origin": csirt_jam, "tlp": "RED", "quotes": [source]}
    assert As(rep_jam).publish(As(rep_jam).draft(Recipient(kind="person", person=rep_jam), **named)).is_out


def test_a_constituent_quotes_what_reached_it_through_its_team(rep, csirt_chl, csirt_jam, rep_jam):
    with scope(PROGRAMME):
        banks = make_team("CSIRT of the banks", csirt_chl.state, kind="sector", constituent_of=csirt_chl)
        banker = make_member("Berta Banker", banks)
    alert = As(rep_jam).draft(*to(csirt_chl), origin=csirt_jam)
    with scope(PROGRAMME):
        second = make_member("Sam Second", csirt_jam, "analyst")
    As(second)(countersign, alert=alert)
    source = As(rep_jam).publish(alert)

    assert As(banker).publish(As(banker).draft(*to(csirt_chl), origin=banks, quotes=[source])).is_out


# Wider than usual -------------------------------------------------------------------------------------------------


def test_what_leaves_the_sub_region_needs_a_second_person(rep, analyst, csirt_chl, csirt_jam):
    alert = rep.draft(*to(csirt_jam), origin=csirt_chl)

    with pytest.raises(Refused, match="second person"):
        rep.publish(alert)
    with pytest.raises(Refused, match="Somebody else"):
        rep(countersign, alert=alert)
    analyst(countersign, alert=alert)

    assert rep.publish(alert).is_out


def test_a_countersignature_holds_for_the_text_it_was_given_for(rep, analyst, csirt_chl, csirt_jam):
    alert = rep.draft(*to(csirt_jam), origin=csirt_chl)
    analyst(countersign, alert=alert)
    changed = rep(rewrite, alert=alert, written=written(*to(csirt_jam), title_en="Another"), edited=0)

    with pytest.raises(Refused, match="second person"):
        rep.publish(changed)


def test_more_teams_than_of_late_is_wider_and_as_many_is_not(rep, csirt_chl, csirt_banks, neighbour):
    rep.publish(rep.draft(*to(csirt_chl, csirt_banks), origin=csirt_chl))

    assert rep.publish(rep.draft(*to(csirt_chl, neighbour), origin=csirt_chl)).is_out
    with pytest.raises(Refused, match="second person"):
        rep.publish(rep.draft(*to(csirt_chl, csirt_banks, neighbour), origin=csirt_chl))


def test_the_whole_community_is_always_wider_than_usual(rep, csirt_chl):
    for label in ("GREEN", "CLEAR"):
        with pytest.raises(Refused, match="second person"):
            rep.publish(rep.draft(*to(csirt_chl), origin=csirt_chl, tlp=label))


def test_red_is_held_up_by_nobody(rep, csirt_chl, rep_jam):
    alert = rep.draft(Recipient(kind="person", person=rep_jam), origin=csirt_chl, tlp="RED")

    assert rep.publish(alert).is_out


# Through the programme --------------------------------------------------------------------------------------------


def test_the_programme_publishes_and_nobody_learns_from_whom(rep, desk, officer, csirt_chl, csirt_banks, rep_banks):
    alert = rep(hand_over, alert=rep.draft(*to(csirt_banks), origin=csirt_chl))
    assert mails("alert offered", officer) == 1

    out = desk.publish(desk(fetch, pk=alert.pk))

    assert (out.from_team, out.with_programme) == (None, True)
    with scope(reach_of(fresh(rep_banks))):
        read = Alert.objects.get()
        assert read.from_team is None
        assert AlertVersion.objects.get().by is None
        assert not Audience.objects.exists()
    with scope(reach_of(rep.person)):
        assert Audience.objects.get(pk=out.audience_id).origin == csirt_chl


def test_given_back_it_is_the_teams_alone(rep, desk, officer, csirt_chl, csirt_banks):
    alert = rep(hand_over, alert=rep.draft(*to(csirt_banks), origin=csirt_chl))

    desk(give_back, alert=desk(fetch, pk=alert.pk), reason="Name the product.")

    with scope(reach_of(desk.person)):
        assert not Alert.objects.exists()
    with scope(reach_of(rep.person)):
        assert (Alert.objects.get().given_back, Alert.objects.get().from_team) == ("Name the product.", csirt_chl)
    assert mails("alert given back", rep.person) == 1


def test_red_is_not_handed_over(rep, csirt_chl, rep_jam):
    alert = rep.draft(Recipient(kind="person", person=rep_jam), origin=csirt_chl, tlp="RED")

    with pytest.raises(Refused, match="TLP:RED"):
        rep(hand_over, alert=alert)


# Labels of what is out --------------------------------------------------------------------------------------------


@pytest.fixture
def out(rep, csirt_chl):
    return rep.publish(rep.draft(*to(csirt_chl), origin=csirt_chl))


def labels(alert, person):
    with scope(reach_of(person)):
        return list(AlertVersion.objects.visible_to(person).values_list("number", "tlp"))


def test_a_label_rises_at_once_and_constituents_read_it_no_more(rep, out, rep_banks):
    banks = fresh(rep_banks)
    with scope(reach_of(banks)):
        assert Alert.objects.visible_to(banks).exists()

    rep(raise_label, alert=out, tlp="AMBER+STRICT")

    with scope(reach_of(banks)):
        assert not Alert.objects.visible_to(banks).exists()


def test_only_the_author_can_raise_to_red(analyst, rep, csirt_chl):
    alert = rep.publish(analyst.draft(*to(csirt_chl), origin=csirt_chl))

    with pytest.raises(Refused, match="author"):
        rep(raise_label, alert=alert, tlp="RED")


def test_down_to_green_a_second_person_must_agree(rep, analyst, out, rep_jam):
    asked = rep(lower_label, alert=out, tlp="GREEN", reason="The vendor has published.")
    with scope(reach_of(rep.person)):
        assert Alert.objects.get().tlp == "AMBER"
    with pytest.raises(Refused, match="Somebody else"):
        rep(agree_to_lower, lowering=asked)

    analyst(agree_to_lower, lowering=asked)

    with scope(reach_of(fresh(rep_jam))):
        assert Alert.objects.get().tlp == "GREEN"
        assert list(AlertVersion.objects.values_list("number", "tlp")) == [(2, "GREEN")]
    assert mails("alert labelled", rep.person) == 1


def test_down_to_amber_the_reason_is_enough(rep, csirt_chl):
    alert = rep.publish(rep.draft(*to(csirt_chl), origin=csirt_chl, tlp="AMBER+STRICT"))

    rep(lower_label, alert=alert, tlp="AMBER", reason="Constituents need it.")

    assert rep(fetch, pk=alert.pk).tlp == "AMBER"


def test_the_origin_labels_what_the_programme_published_for_it(rep, desk, csirt_chl, csirt_banks):
    alert = rep(hand_over, alert=rep.draft(*to(csirt_banks), origin=csirt_chl, tlp="AMBER+STRICT"))
    out = desk.publish(desk(fetch, pk=alert.pk))

    rep(lower_label, alert=out, tlp="AMBER", reason="It is known.")
    rep(raise_label, alert=rep(fetch, pk=out.pk), tlp="AMBER+STRICT")

    assert rep(fetch, pk=out.pk).relabelled == 2
    with scope(reach_of(desk.person)):
        assert set(AlertVersion.objects.values_list("by", flat=True)) == {None}


def refused_by_the_database(person, alert, **columns):
    with pytest.raises(IntegrityError), scope(reach_of(person)), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(**columns)
    return True


def test_the_database_refuses_to_lower_a_label_without_a_reason(rep, out):
    assert refused_by_the_database(rep.person, out, tlp="GREEN")
    assert refused_by_the_database(rep.person, out, tlp="GREEN", relabelled=1)
    assert refused_by_the_database(rep.person, out, relabelled=5)
    assert refused_by_the_database(rep.person, out, published_at=None)
    assert refused_by_the_database(rep.person, out, number=77)


def test_the_database_refuses_to_lower_to_green_without_a_second_person(rep, out):
    rep(lower_label, alert=out, tlp="GREEN", reason="x")

    assert refused_by_the_database(rep.person, out, tlp="GREEN", relabelled=1)


def test_a_lowering_serves_once(rep, csirt_chl):
    alert = rep.publish(rep.draft(*to(csirt_chl), origin=csirt_chl, tlp="AMBER+STRICT"))
    rep(lower_label, alert=alert, tlp="AMBER", reason="x")
    raised = rep(raise_label, alert=rep(fetch, pk=alert.pk), tlp="AMBER+STRICT")

    assert refused_by_the_database(rep.person, raised, tlp="AMBER", relabelled=3)


def test_staff_cannot_lower_for_a_hidden_team(rep, desk, csirt_chl, csirt_banks):
    alert = rep(hand_over, alert=rep.draft(*to(csirt_banks), origin=csirt_chl))
    out = desk.publish(desk(fetch, pk=alert.pk))

    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        desk(lower_label, alert=out, tlp="GREEN", reason="x")


# Versions and the end ---------------------------------------------------------------------------------------------


def test_a_version_tells_what_changed_and_goes_to_the_same_readers(rep, out, csirt_chl, analyst_chl):
    new = written(*to(csirt_chl), title_en="Fake tax refunds, again")
    revised = rep(revise, alert=out, written=new, edited=out.edited, what_changed="Another lure.")

    assert (revised.version, revised.audience_id) == (2, out.audience_id)
    assert mails("alert updated", analyst_chl) == 1
    with scope(reach_of(rep.person)):
        assert AlertVersion.objects.get(number=2).what_changed == "Another lure."


def test_a_version_does_not_lower_the_label_nor_go_further_than_usual(rep, out, csirt_chl, csirt_jam):
    new = written(*to(csirt_chl, csirt_jam), tlp="CLEAR")

    with pytest.raises(Refused, match="Write a new alert"):
        rep(revise, alert=out, written=new, edited=out.edited, what_changed="x")
    revised = rep(revise, alert=out, written=written(*to(csirt_chl), tlp="CLEAR"), edited=out.edited, what_changed="x")
    assert revised.tlp == "AMBER"


def test_closed_it_stays_readable_and_has_no_new_version(rep, out, csirt_chl, analyst_chl):
    closed = rep(close, alert=out, closing="The pages are gone.")

    assert closed.closed_at
    assert mails("alert closed", analyst_chl) == 1
    with pytest.raises(Refused, match="not closed"):
        rep(revise, alert=out, written=written(*to(csirt_chl)), edited=out.edited, what_changed="x")


def test_an_alert_stays_with_its_origin(rep, csirt_chl, desk, csirt_jam, out, rep_jam):
    mine = rep(hand_over, alert=rep.draft(*to(csirt_chl), origin=csirt_chl))
    theirs = As(rep_jam)(hand_over, alert=As(rep_jam).draft(*to(csirt_jam), origin=csirt_jam))

    assert refused_by_the_database(desk.person, mine, audience=theirs.audience_id)


def test_what_a_team_sent_another_is_not_quoted_to_the_programme(rep, rep_jam, csirt_chl, csirt_jam):
    with scope(PROGRAMME):
        second = make_member("Sam Second", csirt_jam, "analyst")
    alert = As(rep_jam).draft(*to(csirt_chl), origin=csirt_jam)
    As(second)(countersign, alert=alert)
    source = As(rep_jam).publish(alert)
    draft = rep.draft(*to(csirt_chl), Recipient(kind="programme"), origin=csirt_chl, quotes=[source])

    with pytest.raises(Refused, match="has received"):
        rep.publish(draft)
    with pytest.raises(Refused, match="has received"):
        rep(hand_over, alert=draft)


def test_who_publishes_is_held_back_by_what_only_the_writer_may_read(rep, analyst, rep_jam, csirt_chl, csirt_jam):
    named = Recipient(kind="person", person=analyst.person)
    source = As(rep_jam).publish(As(rep_jam).draft(named, origin=csirt_jam, tlp="RED"))
    draft = analyst.draft(*to(csirt_chl), origin=csirt_chl, quotes=[source])

    with pytest.raises(Refused, match="TLP:RED"):
        rep.publish(draft)
