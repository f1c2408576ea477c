"""What somebody asked for comes to them, once, as far as they may read it, and to nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone

from common.scope import PROGRAMME, Reach, reach_of, scope
from csirt_network.actions.mailboxes import add_mailbox, confirm, stop
from csirt_network.actions.publishing import revise
from csirt_network.actions.subscriptions import subscribe
from csirt_network.actions.writing import Written
from csirt_network.mailbox_letters import address_to_stop
from csirt_network.matching import Facts, matches
from csirt_network.models import (
    Announcement,
    Mailbox,
    MailboxLetter,
    MailboxMatch,
    NetworkMembership,
    Recipient,
    Subscription,
    TeamMember,
)
from csirt_network.rule_words import conditions
from notices.models import Mail
from notices.preferences import choose
from review.actions import Refused
from tests.csirt_network.alerts import fresh, mails_of, perform, send_out, walk_all
from tests.factories.csirt_network import make_member

pytestmark = pytest.mark.django_db


def wants(person, mailbox=None, **columns):
    person = fresh(person)
    with scope(reach_of(person)):
        return subscribe(columns=columns, mailbox=mailbox, by=person)


@pytest.fixture
def box(csirt_jam, rep_jam):
    """A mailbox of the CIRT of Jamaica, confirmed."""
    with scope(reach_of(fresh(rep_jam))):
        made = add_mailbox(team=csirt_jam, address="soc@example.org", language="en", by=rep_jam)
    confirm(mailbox=made)
    perform(MailboxLetter)
    outbox.outbox.clear()
    return made


@pytest.fixture(autouse=True)
def _in_memory(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    outbox.outbox = []


# Matching ---------------------------------------------------------------------------------------------------------

FACTS = Facts(
    kind="warning",
    tlp="GREEN",
    incidents=frozenset({"phishing", "fraud"}),
    country="CL",
    sectors=frozenset({"finance"}),
    text="correo falso del banco nacional",
)


@pytest.mark.parametrize(
    ("rule", "is_met"),
    [
        ({}, True),
        ({"kinds": ["warning", "incident"]}, True),
        ({"kinds": ["incident"]}, False),
        ({"incidents": ["phishing"]}, True),
        ({"incidents": ["fraud"]}, True),
        ({"incidents": ["spam"]}, False),
        ({"countries": ["CL"]}, True),
        ({"countries": ["JM"]}, False),
        ({"sectors": ["finance", "water"]}, True),
        ({"sectors": ["water"]}, False),
        ({"words": ["BANCO"]}, True),
        ({"words": ["energía", "Fálso"]}, True),
        ({"words": ["energía"]}, False),
        ({"least": "GREEN"}, True),
        ({"least": "AMBER"}, False),
        ({"most": "CLEAR"}, False),
        ({"kinds": ["warning"], "words": ["energía"]}, False),
    ],
)
def test_each_criterion_that_is_given_must_hold(rule, is_met):
    assert matches(Subscription(**rule), FACTS) is is_met


@pytest.mark.parametrize(
    ("watched", "indicator", "is_met"),
    [
        ("198.51.100.0/24", ("ipv4", "198.51.100.7"), True),
        ("198.51.100.0/24", ("ipv4-network", "198.51.0.0/16"), True),
        ("198.51.100.0/24", ("ipv4", "198.51.101.7"), False),
        ("198.51.100.7", ("ipv4", "198.51.100.7"), True),
        ("198.51.100.0/24", ("url", "https://198.51.100.9/login"), True),
        ("2001:db8::/32", ("ipv6", "2001:db8::1"), True),
        ("198.51.100.0/24", ("ipv6", "2001:db8::1"), False),
        ("example.org", ("domain", "example.org"), True),
        ("example.org", ("domain", "mail.example.org"), True),
        ("example.org", ("domain", "notexample.org"), False),
        ("example.org", ("url", "https://login.example.org:8443/a"), True),
        ("example.org", ("email", "who@example.org"), True),
        ("example.org", ("url", "https://evil.example/example.org"), False),
        ("AS64500", ("asn", "AS64500"), True),
        ("AS64500", ("asn", "AS645001"), False),
    ],
)
def test_an_indicator_touches_a_network_of_mine(officer, csirt_jam, rep_jam, watched, indicator, is_met):
    wants(rep_jam, networks=[watched])
    send_out(by=officer, people=[officer], indicators=[indicator])
    walk_all()

    assert bool(mails_of(rep_jam)) is is_met


def test_a_rule_is_told_in_sentences():
    rule = Subscription(
        kinds=["warning", "incident"], words=["banco"], least="GREEN", networks=["AS64500", "a.example"]
    )

    assert conditions(rule) == [
        "The kind is Warning or Incident notice.",
        "An indicator touches AS64500 or a.example.",
        "It mentions “banco”.",
        "The label is TLP:GREEN or stricter.",
    ]
    assert conditions(Subscription()) == ["Every alert matches that may be read."]


# People -----------------------------------------------------------------------------------------------------------


def test_what_matches_comes_once_however_often_it_is_walked(officer, rep_jam, rep_chl):
    wants(rep_jam, words=["refund"])
    wants(rep_jam, kinds=["warning"])
    wants(rep_chl, words=["energy"])
    send_out(by=officer, people=[officer])
    walk_all()
    with scope(PROGRAMME):
        Announcement.objects.update(status="queued")
    walk_all()
    perform(Mail, kind="alert matched")

    assert len(mails_of(rep_jam)) == 1
    assert mails_of(rep_chl) == []
    assert [(m.to, m.subject) for m in outbox.outbox] == [
        ([rep_jam.email], "[TLP:GREEN] Alert 2026-001: Fake tax refunds")
    ]
    assert "Messages promise a refund." in outbox.outbox[0].body
    assert "List-Unsubscribe" in outbox.outbox[0].extra_headers


@pytest.mark.parametrize("tlp", ["AMBER", "AMBER+STRICT", "RED"])
def test_nothing_comes_that_its_reader_may_not_read(officer, csirt_chl, rep_jam, rep_chl, tlp):
    wants(rep_jam)
    named = {"people": [rep_chl]} if tlp == "RED" else {}
    send_out(*([] if named else [csirt_chl]), by=officer, tlp=tlp, **named)
    walk_all()

    assert mails_of(rep_jam) == []


def test_a_label_that_rose_before_the_mail_left_keeps_it_back(officer, csirt_chl, rep_jam):
    wants(rep_jam)
    alert = send_out(csirt_chl, by=officer)
    walk_all()
    with scope(reach_of(fresh(officer))):
        type(alert).objects.filter(pk=alert.pk).update(tlp="AMBER", relabelled=1)
    perform(Mail, kind="alert matched")

    assert outbox.outbox == []


def test_a_membership_that_ended_before_the_mail_left_keeps_it_back(officer, rep_jam):
    wants(rep_jam)
    send_out(by=officer, people=[officer])
    walk_all()
    TeamMember.objects.filter(person=rep_jam).update(ended_at=timezone.now())
    perform(Mail, kind="alert matched")

    assert outbox.outbox == []


def test_a_subscription_that_ended_before_the_mail_left_keeps_it_back(officer, rep_jam):
    found = wants(rep_jam)
    send_out(by=officer, people=[officer])
    walk_all()
    with scope(reach_of(fresh(rep_jam))):
        found.delete()
    perform(Mail, kind="alert matched")

    assert outbox.outbox == []


def test_above_green_a_mail_holds_no_text(officer, csirt_jam, rep_jam):
    wants(rep_jam)
    with scope(reach_of(fresh(rep_jam))):
        choose(person=rep_jam, paces={"alerts": "never"})
    send_out(csirt_jam, by=officer, tlp="AMBER")
    walk_all()
    perform(Mail)

    (sent,) = [m for m in outbox.outbox if m.to == [rep_jam.email]]
    assert sent.subject == "[TLP:AMBER] Alert 2026-001"
    assert "refund" not in str(sent.message())


def test_whom_an_alert_was_sent_to_is_not_told_twice(officer, csirt_jam, rep_jam):
    wants(rep_jam)
    send_out(csirt_jam, by=officer)
    walk_all()
    perform(Mail)

    assert len([m for m in outbox.outbox if m.to == [rep_jam.email]]) == 1


def test_a_new_version_is_told_once_more(officer, rep_jam):
    wants(rep_jam)
    alert = send_out(by=officer, people=[officer])
    walk_all()
    perform(Mail, kind="alert matched")
    writer = fresh(officer)
    columns = {"title_en": "Fake refunds go on", "kind": "warning", "rsit": ["phishing"], "happening_en": "More."}
    with scope(reach_of(writer)):
        recipients = [Recipient(kind="person", person=writer)]
        given = Written(columns=columns, recipients=recipients)
        revise(alert=alert, written=given, edited=alert.edited, what_changed="More of it.", by=writer)
    walk_all()
    perform(Mail, kind="alert matched")

    assert [m.subject for m in outbox.outbox] == [
        "[TLP:GREEN] Alert 2026-001: Fake tax refunds",
        "[TLP:GREEN] Alert 2026-001: Fake refunds go on",
    ]


@pytest.mark.parametrize(("pace", "days"), [("daily", 1), ("weekly", 7)])
def test_a_slower_pace_gathers_what_matches(officer, rep_jam, pace, days):
    now = timezone.now()
    wants(rep_jam, pace=pace)
    send_out(by=officer, people=[officer])
    send_out(by=officer, people=[officer], title_en="Another")
    walk_all()
    perform(Mail, kind="alert matched")
    assert outbox.outbox == []

    with scope(PROGRAMME):
        digest = Mail.objects.get(kind="mail digest", person=rep_jam)
        assert now < digest.not_before <= now + timedelta(days=days)
        Mail.objects.filter(pk=digest.pk).update(not_before=now)
    perform(Mail, kind="mail digest")

    (sent,) = outbox.outbox
    assert "Fake tax refunds" in sent.body
    assert "Another" in sent.body


def test_of_two_subscriptions_the_sooner_one_counts(officer, rep_jam):
    wants(rep_jam, pace="weekly")
    wants(rep_jam, pace="at once", words=["refund"])
    send_out(by=officer, people=[officer])
    walk_all()
    perform(Mail, kind="alert matched")

    assert len(outbox.outbox) == 1


def test_switched_off_in_the_profile_nothing_comes(officer, rep_jam):
    wants(rep_jam)
    with scope(reach_of(fresh(rep_jam))):
        choose(person=rep_jam, paces={"subscriptions": "never"})
    send_out(by=officer, people=[officer])
    walk_all()
    perform(Mail, kind="alert matched")

    assert outbox.outbox == []


def test_an_exercise_goes_to_those_it_is_for_alone(officer, rep_jam, box):
    wants(rep_jam)
    wants(rep_jam, mailbox=box)
    send_out(by=officer, people=[officer], is_exercise=True)
    walk_all()

    assert mails_of(rep_jam) == []
    with scope(PROGRAMME):
        assert not MailboxMatch.objects.exists()


def test_subscriptions_are_seen_by_their_owner_alone(rep_chl, analyst_chl, rep_jam, manager, lead_chl, box):
    mine = wants(rep_chl)
    of_box = wants(rep_jam, mailbox=box)
    seen = {}
    for name, person in {
        "rep": rep_chl,
        "analyst": analyst_chl,
        "jam": rep_jam,
        "manager": manager,
        "lead": lead_chl,
    }.items():
        person = fresh(person)
        with scope(reach_of(person)):
            behind, let = set(Subscription.objects.all()), set(Subscription.objects.visible_to(person))
        assert behind == let, name
        seen[name] = let

    assert seen == {"rep": {mine}, "analyst": set(), "jam": {of_box}, "manager": set(), "lead": set()}


# Functional mailboxes ----------------------------------------------------------------------------------------------


def sent_to(address):
    return [m for m in outbox.outbox if m.to == [address]]


def test_nothing_is_sent_before_the_link_was_used(officer, csirt_jam, rep_jam, client):
    with scope(reach_of(fresh(rep_jam))):
        made = add_mailbox(team=csirt_jam, address="soc@example.org", language="es", by=rep_jam)
    wants(rep_jam, mailbox=made)
    send_out(by=officer, people=[officer])
    walk_all()
    perform(MailboxLetter)
    (link,) = sent_to("soc@example.org")
    address = next(word for word in link.body.split() if "/mailbox/link/" in word).partition("localhost:8000")[2]

    assert "refund" not in str(link.message())
    assert client.get(address).status_code == 200
    with scope(PROGRAMME):
        assert Mailbox.objects.get().confirmed_at is None

    assert client.post(address).status_code == 200
    send_out(by=officer, people=[officer], title_en="Now")
    walk_all()
    perform(MailboxLetter)
    assert [m.subject for m in sent_to("soc@example.org")[1:]] == ["[TLP:GREEN] Alerta 2026-002: Now"]


def test_the_link_serves_for_seven_days(csirt_jam, rep_jam, client):
    with scope(reach_of(fresh(rep_jam))):
        add_mailbox(team=csirt_jam, address="soc@example.org", language="en", by=rep_jam)
    perform(MailboxLetter)
    address = next(word for word in outbox.outbox[0].body.split() if "/mailbox/link/" in word).partition(":8000")[2]
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert client.get(address).status_code == 404
    assert client.get(address[:-5] + "xxxx/").status_code == 404


@pytest.mark.parametrize(
    ("tlp", "with_text"), [("CLEAR", True), ("GREEN", True), ("AMBER", False), ("AMBER+STRICT", False)]
)
def test_a_mailbox_reads_as_its_team(officer, csirt_jam, rep_jam, box, tlp, with_text):
    wants(rep_jam, mailbox=box)
    send_out(csirt_jam, by=officer, tlp=tlp)
    walk_all()
    perform(MailboxLetter)

    (sent,) = sent_to(box.address)
    assert sent.subject.startswith(f"[TLP:{tlp}] Alert 2026-001")
    assert ("refund" in str(sent.message())) is with_text
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mailbox_never_reads_what_is_for_named_persons_or_for_another_team(
    officer, csirt_jam, csirt_chl, rep_jam, box
):
    wants(rep_jam, mailbox=box)
    send_out(by=rep_jam, origin=csirt_jam, people=[rep_jam], tlp="RED")
    send_out(csirt_chl, by=officer, tlp="AMBER+STRICT")
    send_out(csirt_chl, by=officer, tlp="AMBER")
    walk_all()
    perform(MailboxLetter)

    assert sent_to(box.address) == []


def test_pap_red_goes_without_text(officer, csirt_jam, rep_jam, box):
    wants(rep_jam, mailbox=box)
    send_out(csirt_jam, by=officer, tlp="GREEN", pap="RED")
    walk_all()
    perform(MailboxLetter)

    assert "refund" not in str(sent_to(box.address)[0].message())


def test_a_mailbox_is_told_of_a_version_once(officer, rep_jam, box):
    wants(rep_jam, mailbox=box)
    wants(rep_jam, mailbox=box, words=["refund"], pace="daily")
    send_out(by=officer, people=[officer])
    for _ in range(2):
        walk_all()
        with scope(PROGRAMME):
            Announcement.objects.update(status="queued")
    perform(MailboxLetter)

    assert len(sent_to(box.address)) == 1


def test_a_slower_pace_gathers_for_a_mailbox_too(officer, rep_jam, box):
    wants(rep_jam, mailbox=box, pace="daily")
    send_out(by=officer, people=[officer])
    send_out(by=officer, people=[officer], title_en="Another")
    walk_all()
    perform(MailboxLetter)
    assert sent_to(box.address) == []

    with scope(PROGRAMME):
        MailboxLetter.objects.update(not_before=timezone.now())
    perform(MailboxLetter)
    (sent,) = sent_to(box.address)
    assert sent.subject == "[TLP:GREEN] CIRT of Jamaica: 2 alerts"


def test_one_click_stops_a_mailbox_without_signing_in(officer, rep_jam, box, client):
    wants(rep_jam, mailbox=box)
    address = address_to_stop(box).partition("localhost:8000")[2]
    send_out(by=officer, people=[officer])
    walk_all()

    client.get(address)
    with scope(PROGRAMME):
        assert Mailbox.objects.get().stopped_at is None
    client.post(address, {"List-Unsubscribe": "One-Click"})
    perform(MailboxLetter)

    assert sent_to(box.address) == []


def test_a_team_that_left_the_network_gets_nothing(officer, csirt_jam, rep_jam, box):
    wants(rep_jam, mailbox=box)
    send_out(by=officer, people=[officer])
    walk_all()
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_jam).update(ended_at=timezone.now())
    perform(MailboxLetter)

    assert sent_to(box.address) == []


def test_a_mail_that_cannot_be_delivered_is_tried_again_and_shown(officer, rep_jam, box, settings):
    settings.EMAIL_BACKEND = "a.backend.that.is.nowhere"
    wants(rep_jam, mailbox=box)
    send_out(by=officer, people=[officer])
    walk_all()
    perform(MailboxLetter)

    with scope(PROGRAMME):
        letter = MailboxLetter.objects.exclude(key__startswith="confirm").get()
    assert (letter.status, letter.attempts, letter.sent_at) == ("queued", 1, None)


def test_the_same_mailbox_is_not_added_twice(csirt_jam, rep_jam, box):
    with scope(reach_of(fresh(rep_jam))), pytest.raises(Refused):
        add_mailbox(team=csirt_jam, address="SOC@example.org", language="en", by=rep_jam)
    stop(mailbox=box)
    with scope(reach_of(fresh(rep_jam))):
        add_mailbox(team=csirt_jam, address="SOC@example.org", language="en", by=rep_jam)


# Pages ------------------------------------------------------------------------------------------------------------

FORM = {"least": "CLEAR", "most": "RED", "pace": "daily"}


def test_a_preview_says_in_words_what_it_asks_for_and_shows_what_it_would_have_found(
    officer, csirt_chl, rep_jam, sign_in
):
    send_out(by=officer, people=[officer])
    send_out(by=officer, people=[officer], title_en="Broken pumps", happening_en="No water.")
    send_out(csirt_chl, by=officer, title_en="Not for Jamaica", tlp="AMBER")
    browser = sign_in(rep_jam)

    page = browser.post("/alerts/subscriptions/new/", FORM | {"step": "preview", "words": "refund"}).content.decode()

    assert "It mentions “refund”." in page
    assert "Alerts that match come together once a day" in page
    assert "1 alert of the last 90 days would have matched" in page
    assert "Fake tax refunds" in page
    assert "Broken pumps" not in page
    assert "Not for Jamaica" not in page
    with scope(PROGRAMME):
        assert not Subscription.objects.exists()


def test_a_subscription_is_made_changed_and_ended(rep_jam, sign_in):
    browser = sign_in(rep_jam)
    browser.post("/alerts/subscriptions/new/", FORM | {"step": "save", "networks": "198.51.100.7\nexample[.]org"})
    with scope(PROGRAMME):
        found = Subscription.objects.get()
    assert (found.person, found.networks, found.pace) == (rep_jam, ["198.51.100.7", "example.org"], "daily")

    browser.post(f"/alerts/subscriptions/{found.pk}/", FORM | {"step": "save", "types": ["spam"], "pace": "weekly"})
    with scope(PROGRAMME):
        found = Subscription.objects.get()
    assert (found.incidents, found.networks, found.pace) == (["spam"], [], "weekly")

    browser.post(f"/alerts/subscriptions/{found.pk}/end/")
    with scope(PROGRAMME):
        assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("networks", "0.0.0.0/0", "is too wide"),
        ("networks", "d41d8cd98f00b204e9800998ecf8427e", "is no network, domain"),
        ("words", "ab", "Write words of 3 to 60 characters"),
        ("words", "\n".join(f"word{n}" for n in range(31)), "Write at most 30 lines."),
        ("least", "RED", "cannot be wider"),
        ("kinds", "nonsense", "nonsense is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(rep_jam, sign_in, field, typed, said):
    given = FORM | {"step": "save", field: typed, "most": "AMBER" if field == "least" else "RED"}
    response = sign_in(rep_jam).post("/alerts/subscriptions/new/", given)

    assert response.status_code == 422
    assert said in response.content.decode()


def test_an_analyst_does_not_subscribe_a_mailbox_of_the_team(csirt_jam, rep_jam, box, sign_in):
    browser = sign_in(make_member("Alan Analyst", csirt_jam, "analyst"))

    browser.post("/alerts/subscriptions/new/", FORM | {"step": "save", "for_whom": str(box.pk)})

    with scope(PROGRAMME):
        assert Subscription.objects.get().mailbox is None
    assert browser.post(f"/alerts/mailboxes/{box.pk}/end/").status_code == 403
    assert browser.get("/alerts/mailboxes/new/").status_code == 403


def test_a_reach_without_a_person_sees_nothing_of_people(rep_chl):
    wants(rep_chl)
    with scope(Reach()):
        assert not Subscription.objects.exists()
