"""Who chooses a pace gets one mail then, not before, with everything in it; and a stop stops that and nothing else."""

from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outgoing
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from notices import gathering, kinds
from notices.gathering import DIGEST
from notices.kinds import Matter, mail_kind
from notices.models import Mail
from notices.outbox import post
from notices.paces import Pace, paces_of
from notices.preferences import choose
from notices.sending import ACCOUNT_CLOSED, ADDRESS_REFUSED, NO_CONCERN, UNWANTED
from notices.stopping import address_to_stop, read_token
from notices.work import work
from tests.notices.conftest import GOSSIP, anybody, change, link_of, state_of

NEWS = Matter("news", "What is new", anybody)
SUNDAY = datetime(2026, 11, 22, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def news(greeting):
    mail_kind("news", find=state_of, template="greeting", link=link_of, matter=NEWS)


def wants(person, **paces):
    with scope(reach_of(person)):
        choose(person=person, paces=paces)


def put(state, person, *kinds_, threshold=""):
    """Posts one of each kind and lets a worker see to it."""
    for kind in kinds_:
        post(kind=kind, object_id=state.pk, people=[person], threshold=threshold)
        with scope(PROGRAMME):
            found = Mail.objects.get(kind=kind, object_id=state.pk, person=person, threshold=threshold)
        work(Mail, found.pk)


def digests():
    with scope(PROGRAMME):
        return list(Mail.objects.filter(kind=DIGEST).select_related("person").order_by("not_before"))


def morning_comes(digest):
    change(digest, not_before=timezone.now() - timedelta(minutes=1))
    work(Mail, digest.pk)


@pytest.fixture
def on_sunday(monkeypatch):
    monkeypatch.setattr(gathering.timezone, "now", lambda: SUNDAY)
    yield
    monkeypatch.undo()


@pytest.mark.parametrize(("pace", "days"), [("daily", 1), ("weekly", 7)])
def test_what_comes_together_does_not_come_before_its_time(chile, lead_chl, pace, days):
    wants(lead_chl, gossip=pace)
    put(chile, lead_chl, "gossip")
    (digest,) = digests()
    at = timezone.localtime(digest.not_before, ZoneInfo(lead_chl.time_zone))

    work(Mail, digest.pk)

    assert outgoing.outbox == []
    assert (at.hour, at.minute) == (7, 0)
    assert timezone.now() < digest.not_before <= timezone.now() + timedelta(days=days)
    assert pace == "daily" or at.weekday() == 0
    morning_comes(digest)
    assert len(outgoing.outbox) == 1


def test_what_comes_in_the_course_of_a_week_comes_as_one(chile, lead_chl, monkeypatch):
    wants(lead_chl, gossip="weekly")
    for day in range(1, 7):
        with monkeypatch.context() as clock:
            clock.setattr(gathering.timezone, "now", lambda day=day: SUNDAY + timedelta(days=day))
            put(chile, lead_chl, "gossip", threshold=f"day {day}")
    (digest,) = digests()

    morning_comes(digest)

    assert [message.subject for message in outgoing.outbox] == ["6 messages for you"]


def test_of_a_monday_what_is_daily_and_what_is_weekly_come_as_one(chile, lead_chl, on_sunday):
    wants(lead_chl, gossip="daily", news="weekly")
    put(chile, lead_chl, "gossip", "news")
    (digest,) = digests()

    morning_comes(digest)

    (message,) = outgoing.outbox
    stops = message.extra_headers["List-Unsubscribe"].strip("<>").split("/")[-2]
    assert message.subject == "2 messages for you"
    assert read_token(stops) == (lead_chl, [GOSSIP, NEWS])


def test_each_matter_comes_at_its_own_pace(chile, lead_chl):
    wants(lead_chl, gossip="never", news="daily")
    put(chile, lead_chl, "gossip", "news", "greeting")

    assert [message.body.startswith("1 message") for message in outgoing.outbox] == [False]  # the duty, at once
    morning_comes(digests()[0])
    assert [message.subject for message in outgoing.outbox] == ["Chile: Sign in & co", "1 message for you"]


def test_readers_of_one_day_get_one_each_in_their_own_language(chile, lead_chl, deputy_chl, speaks):
    speaks(lead_chl, "es")
    speaks(deputy_chl, "pt-br")
    for person in (lead_chl, deputy_chl):
        wants(person, gossip="daily", news="daily")
        put(chile, User.objects.get(pk=person.pk), "gossip", "news")
    for digest in digests():
        morning_comes(digest)

    languages = {message.to[0]: message.extra_headers["Content-Language"] for message in outgoing.outbox}
    assert len(outgoing.outbox) == 2
    assert languages == {lead_chl.email: "es", deputy_chl.email: "pt-br"}
    assert all("messages for you" not in message.subject for message in outgoing.outbox)


def test_whoever_is_named_twice_is_written_to_once(chile, lead_chl):
    post(kind="news", object_id=chile.pk, people=[lead_chl, lead_chl])
    post(kind="news", object_id=chile.pk, people=[lead_chl])

    with scope(PROGRAMME):
        assert Mail.objects.filter(kind="news").count() == 1


# Stopping ---------------------------------------------------------------------------------------------------------


def press(client, person, *matters):
    return client.post(address_to_stop(person, matters).removeprefix("http://localhost:8000"))


def test_once_it_is_stopped_without_signing_in_nothing_of_it_comes_and_all_else_does(client, chile, lead_chl):
    press(client, lead_chl, GOSSIP)

    put(chile, lead_chl, "gossip", "news", "greeting")

    assert len(outgoing.outbox) == 2
    assert [NEWS.label in message.body for message in outgoing.outbox] == [True, False]


def test_a_stop_holds_for_what_waits_in_a_digest_too(client, chile, lead_chl):
    wants(lead_chl, gossip="daily", news="daily")
    put(chile, lead_chl, "gossip", "news")
    press(client, lead_chl, GOSSIP)

    morning_comes(digests()[0])

    (message,) = outgoing.outbox
    assert message.subject == "1 message for you"
    assert NEWS.label in message.body
    assert GOSSIP.label not in message.body


def test_a_duty_is_neither_offered_nor_stopped(client, sign_in, chile, lead_chl):
    duties = [kind.name for kind in kinds._kinds.values() if kind.matter is None]
    page = sign_in(lead_chl).get("/profile/mail/").content.decode()
    with scope(reach_of(lead_chl)):
        sign_in(lead_chl).post("/profile/mail/", dict.fromkeys(duties, Pace.NEVER.value))
    press(client, lead_chl, *(Matter(name, name, anybody) for name in duties))

    with scope(reach_of(lead_chl)):
        assert not set(paces_of(lead_chl)) & set(duties)
    assert not [name for name in duties if f'name="{name}"' in page]
    put(chile, lead_chl, "greeting")
    assert len(outgoing.outbox) == 1


# What does not arrive ---------------------------------------------------------------------------------------------


class NoSuchAddress(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


def test_a_digest_that_did_not_arrive_is_listed_for_staff_with_its_reader(chile, lead_chl, officer, sign_in, settings):
    wants(lead_chl, gossip="daily")
    put(chile, lead_chl, "gossip")
    settings.EMAIL_BACKEND = "tests.notices.test_digests.NoSuchAddress"
    morning_comes(digests()[0])

    assert [(digest.status, digest.reason) for digest in digests()] == [("failed", ADDRESS_REFUSED)]
    page = sign_in(officer).get("/mail/undelivered/").content.decode()
    assert lead_chl.name in page
    assert "refused the recipient" in page


def test_no_digest_goes_to_a_closed_account(chile, lead_chl):
    wants(lead_chl, gossip="daily")
    put(chile, lead_chl, "gossip")
    User.objects.filter(pk=lead_chl.pk).update(is_active=False)

    morning_comes(digests()[0])

    assert outgoing.outbox == []
    assert digests()[0].reason == ACCOUNT_CLOSED


def test_of_a_digest_that_was_sent_hangs_what_it_held_alone(chile, jamaica, lead_chl):
    Liaison.objects.create(state=jamaica, person=lead_chl, kind="lead", starts_on=date(2020, 1, 1))
    wants(lead_chl, gossip="daily", news="daily")
    for kind, state in (("gossip", chile), ("news", chile), ("gossip", jamaica)):
        post(kind=kind, object_id=state.pk, people=[lead_chl])
    with scope(PROGRAMME):
        mails = list(Mail.objects.filter(person=lead_chl).order_by("pk"))
    for mail in mails:
        work(Mail, mail.pk)
    wants(lead_chl, news="never")
    jamaica.liaisons.filter(person=lead_chl).delete()
    (digest,) = digests()

    morning_comes(digest)

    with scope(PROGRAMME):
        found = [(Mail.objects.get(pk=mail.pk).digest, Mail.objects.get(pk=mail.pk).reason) for mail in mails]
    assert found == [(digest, gathering.TOGETHER), (None, UNWANTED), (None, NO_CONCERN)]
    assert outgoing.outbox[0].body.count("Chile: Sign in & co") == 1
