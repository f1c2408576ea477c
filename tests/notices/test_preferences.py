"""Each person says how soon the mails that ask nothing come; duties come in any case."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outgoing
from django.test import Client
from django.utils import timezone

from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from notices import gathering
from notices.gathering import DIGEST, TOGETHER, moments
from notices.kinds import known, matters
from notices.models import Mail, MailPreference
from notices.outbox import post
from notices.paces import paces_of
from notices.preferences import choose, matters_of
from notices.sending import UNWANTED
from notices.stopping import address_to_stop, read_token
from notices.work import claim, work
from tests.notices.conftest import GOSSIP, change

pytestmark = pytest.mark.usefixtures("greeting")


def wants(person, pace, matter="gossip"):
    with scope(reach_of(person)):
        choose(person=person, paces={matter: pace})


def speaks_also_for(state, person):
    Liaison.objects.create(state=state, person=person, kind="lead", starts_on=date(2020, 1, 1))


def put(state, person, kind="gossip", threshold=""):
    post(kind=kind, object_id=state.pk, people=[person], threshold=threshold)
    with scope(PROGRAMME):
        return Mail.objects.get(kind=kind, object_id=state.pk, person=person, threshold=threshold)


def send(*mails):
    for mail in mails:
        work(Mail, mail.pk)


def digests():
    with scope(PROGRAMME):
        return list(Mail.objects.filter(kind=DIGEST).order_by("object_id"))


def morning_comes(digest):
    change(digest, not_before=timezone.now() - timedelta(minutes=1))
    work(Mail, digest.pk)


def reason(mail):
    with scope(PROGRAMME):
        return Mail.objects.get(pk=mail.pk).reason


def test_without_a_choice_mail_comes_at_once(chile, lead_chl):
    send(put(chile, lead_chl))

    assert len(outgoing.outbox) == 1


def test_what_nobody_named_a_matter_for_is_a_duty_and_comes_whatever_is_chosen(chile, lead_chl):
    wants(lead_chl, "never")
    send(put(chile, lead_chl, "greeting"))

    assert len(outgoing.outbox) == 1
    assert "List-Unsubscribe" not in outgoing.outbox[0].extra_headers
    assert "it cannot be switched off" in outgoing.outbox[0].body
    assert known("round opened").matter is None


def test_what_is_not_wanted_is_not_sent(chile, lead_chl):
    wants(lead_chl, "never")
    mail = put(chile, lead_chl)
    send(mail)

    assert outgoing.outbox == []
    assert reason(mail) == UNWANTED


def test_a_choice_holds_for_the_one_who_made_it(chile, lead_chl, deputy_chl):
    wants(lead_chl, "never")
    send(put(chile, lead_chl), put(chile, deputy_chl))

    assert [message.to for message in outgoing.outbox] == [[deputy_chl.email]]


def test_mails_of_a_day_come_as_one(chile, jamaica, lead_chl):
    speaks_also_for(jamaica, lead_chl)
    wants(lead_chl, "daily")
    mails = [put(chile, lead_chl), put(jamaica, lead_chl), put(chile, lead_chl, threshold="again")]
    send(*mails, *mails)
    (digest,) = digests()

    assert outgoing.outbox == []
    assert reason(mails[0]) == TOGETHER
    morning_comes(digest)
    morning_comes(digest)
    assert len(outgoing.outbox) == 1
    assert outgoing.outbox[0].subject == "3 messages for you"
    assert outgoing.outbox[0].body.count("Chile: Sign in & co") == 2
    assert outgoing.outbox[0].body.count("Jamaica: Sign in & co") == 1
    assert "http://localhost:8000/states/jamaica/" in outgoing.outbox[0].body


def test_a_digest_speaks_the_language_of_its_reader(jamaica, lead_jam, speaks):
    speaks(lead_jam, "fr")
    wants(lead_jam, "daily")
    send(put(jamaica, lead_jam))
    morning_comes(digests()[0])

    assert outgoing.outbox[0].extra_headers["Content-Language"] == "fr"
    assert "Jamaïque: " in outgoing.outbox[0].body


def test_what_the_reader_may_no_longer_see_is_left_out(chile, jamaica, lead_chl):
    speaks_also_for(jamaica, lead_chl)
    wants(lead_chl, "daily")
    send(put(chile, lead_chl), put(jamaica, lead_chl))
    jamaica.liaisons.filter(person=lead_chl).delete()
    morning_comes(digests()[0])

    assert "Chile" in outgoing.outbox[0].body
    assert "Jamaica" not in outgoing.outbox[0].body


def test_a_digest_of_nothing_is_not_sent(chile, lead_chl):
    wants(lead_chl, "daily")
    send(put(chile, lead_chl))
    wants(lead_chl, "never")
    morning_comes(digests()[0])

    assert outgoing.outbox == []


def test_what_comes_while_a_digest_is_sent_goes_to_the_next(chile, jamaica, lead_chl):
    """Whoever claimed the digest has read what hangs on it."""
    speaks_also_for(jamaica, lead_chl)
    wants(lead_chl, "daily")
    send(put(chile, lead_chl))
    (first,) = digests()
    change(first, not_before=timezone.now() - timedelta(minutes=1))
    held = claim(Mail, first.pk)
    send(put(jamaica, lead_chl))
    held.perform()

    assert len(digests()) == 2
    assert "Jamaica" not in outgoing.outbox[0].body
    morning_comes(digests()[1])
    assert "Jamaica" in outgoing.outbox[1].body
    assert "Chile" not in outgoing.outbox[1].body


def test_three_days_without_a_worker_lose_nothing_and_double_nothing(chile, jamaica, lead_chl, monkeypatch):
    speaks_also_for(jamaica, lead_chl)
    wants(lead_chl, "daily")
    send(put(chile, lead_chl))
    late = put(jamaica, lead_chl)
    later = timezone.now() + timedelta(days=3)
    with monkeypatch.context() as clock:
        clock.setattr(gathering.timezone, "now", lambda: later)
        send(late)
    first, second = digests()
    for digest in (first, second, first, second):
        morning_comes(digest)

    assert len(outgoing.outbox) == 2
    assert [("Chile" in m.body, "Jamaica" in m.body) for m in outgoing.outbox] == [(True, False), (False, True)]
    assert second.object_id - first.object_id == 3


def test_a_refused_digest_takes_in_what_comes_meanwhile(chile, jamaica, lead_chl, settings):
    speaks_also_for(jamaica, lead_chl)
    wants(lead_chl, "daily")
    send(put(chile, lead_chl))
    settings.EMAIL_BACKEND = "tests.notices.test_mail.Refusing"
    morning_comes(digests()[0])
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send(put(jamaica, lead_chl))
    morning_comes(digests()[0])

    assert [message.subject for message in outgoing.outbox] == ["2 messages for you"]


def test_seven_in_the_morning_of_the_reader(monkeypatch):
    sunday = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)  # 08:30 in Santiago, 06:30 in Bogotá
    monkeypatch.setattr(gathering.timezone, "now", lambda: sunday)
    santiago, bogota = ZoneInfo("America/Santiago"), ZoneInfo("America/Bogota")

    assert next(moments("daily", santiago)) == datetime(2026, 11, 23, 7, tzinfo=santiago)
    assert next(moments("daily", bogota)) == datetime(2026, 11, 22, 7, tzinfo=bogota)
    assert next(moments("weekly", bogota)) == datetime(2026, 11, 23, 7, tzinfo=bogota)


def test_nobody_reads_what_others_chose(chile, lead_chl, officer):
    wants(lead_chl, "never")
    with scope(reach_of(officer)):
        assert not MailPreference.objects.exists()
    with scope(reach_of(lead_chl)):
        assert paces_of(lead_chl) == {"gossip": "never"}


def test_a_liaison_is_not_asked_about_mails_of_reviewers(lead_chl, officer, outsider):
    names = {person: {matter.name for matter in matters_of(person)} for person in (lead_chl, officer, outsider)}

    assert {"receipts", "results"} <= names[lead_chl]
    assert "arrivals" not in names[lead_chl]
    assert {"arrivals", "opinions"} <= names[officer]
    assert "results" not in names[officer]
    assert names[outsider] == set()


def test_the_page_keeps_the_choice(sign_in, lead_chl):
    answer = sign_in(lead_chl).post("/profile/mail/", dict.fromkeys((m.name for m in matters_of(lead_chl)), "weekly"))

    assert answer.status_code == 302
    with scope(reach_of(lead_chl)):
        assert set(paces_of(lead_chl).values()) == {"weekly"}


def test_a_pace_that_does_not_exist_is_refused_with_a_sentence(sign_in, lead_chl):
    answer = sign_in(lead_chl).post("/profile/mail/", {"results": "hourly"})

    assert answer.status_code == 422
    with scope(reach_of(lead_chl)):
        assert paces_of(lead_chl) == {}


# Stopping without signing in ------------------------------------------------------------------------------------


def stop_path(person, *matters_):
    return address_to_stop(person, matters_).removeprefix("http://localhost:8000")


def test_a_mail_says_how_to_stop_its_like(chile, lead_chl):
    send(put(chile, lead_chl))
    (message,) = outgoing.outbox
    address = message.extra_headers["List-Unsubscribe"].strip("<>")

    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in message.body
    assert "“What people say” is switched on in your profile" in message.body
    assert "http://localhost:8000/profile/mail/" in message.body


def test_looking_at_the_address_changes_nothing_and_one_post_stops_the_mails(client, chile, lead_chl):
    path = stop_path(lead_chl, GOSSIP)

    assert client.get(path).status_code == 200
    with scope(reach_of(lead_chl)):
        assert paces_of(lead_chl) == {}
    mail_program = Client(enforce_csrf_checks=True)
    assert mail_program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with scope(reach_of(lead_chl)):
        assert paces_of(lead_chl) == {"gossip": "never"}


def test_the_address_serves_one_person_and_one_matter(client, lead_chl, deputy_chl):
    client.post(stop_path(lead_chl, GOSSIP))

    with scope(reach_of(deputy_chl)):
        assert paces_of(deputy_chl) == {}
    with scope(reach_of(lead_chl)):
        assert set(paces_of(lead_chl)) == {"gossip"}


@pytest.mark.parametrize("change_", [lambda t: t[:-2], lambda t: "x" + t, lambda t: "not-a-token"])
def test_a_broken_address_gets_a_sentence(client, lead_chl, change_):
    token = stop_path(lead_chl, GOSSIP).split("/")[2]
    answer = client.get(f"/unsubscribe/{change_(token)}/")

    assert answer.status_code == 404
    assert "This address is not whole" in answer.content.decode()


def test_the_address_of_a_closed_account_serves_nobody(lead_chl):
    token = stop_path(lead_chl, GOSSIP).split("/")[2]
    lead_chl.is_active = False
    lead_chl.save()

    assert read_token(token) is None


def test_whoever_is_signed_in_stops_the_mails_of_the_address_not_the_own(sign_in, lead_chl, officer):
    sign_in(officer).post(stop_path(lead_chl, GOSSIP))

    with scope(reach_of(officer)):
        assert paces_of(officer) == {}
    with scope(reach_of(lead_chl)):
        assert paces_of(lead_chl) == {"gossip": "never"}


def test_a_digest_can_be_stopped_as_a_whole(client, chile, lead_chl):
    wants(lead_chl, "daily")
    send(put(chile, lead_chl))
    morning_comes(digests()[0])
    client.post(outgoing.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000"))

    with scope(reach_of(lead_chl)):
        assert paces_of(lead_chl) == {"gossip": "never"}


def test_every_matter_has_a_name_that_can_be_stored():
    assert all(len(name) <= 40 for name in matters())


# What the portal's own kinds are -----------------------------------------------------------------------------------

MAY_BE_SWITCHED_OFF = {
    "update sent": "receipts",
    "update accepted": "results",
    "update waiting": "arrivals",
    "update taken back": "arrivals",
    "second opinion given": "opinions",
    "brief ready": "reports",
    "calendar ready": "reports",
}
DUTIES = (
    "round opened",
    "update due",
    "draft untouched",
    "update returned",
    "return unanswered",
    "update extended",
    "acceptance withdrawn",
    "review assigned",
    "second opinion asked",
    "staff digest",
)


@pytest.mark.parametrize(("kind", "matter"), MAY_BE_SWITCHED_OFF.items())
def test_what_only_tells_has_a_matter(kind, matter):
    assert known(kind).matter.name == matter


@pytest.mark.parametrize("kind", DUTIES)
def test_what_asks_something_is_a_duty(kind):
    assert known(kind).matter is None


@pytest.mark.parametrize("who", ["lead_chl", "officer", "observer", "rep_chl", "analyst_chl"])
def test_whoever_is_sent_reports_chooses_their_mail(who, request, sign_in):
    person = request.getfixturevalue(who)

    assert "A report is ready" in sign_in(person).get("/profile/mail/").text
    assert sign_in(person).post("/profile/mail/", {m.name: "weekly" for m in matters_of(person)}).status_code == 302
    with scope(reach_of(person)):
        assert paces_of(person)["reports"] == "weekly"


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("lead_chl", "To liaisons:"),
        ("officer", "To the programme’s staff:"),
        ("rep_chl", "To a team’s people,"),
        ("admin", "To administrators:"),
        ("outsider", "To everybody:"),
    ],
)
def test_of_the_mails_that_always_come_each_reads_the_own(who, says, request, sign_in):
    every = ("To liaisons:", "To the programme’s staff:", "To a team’s people,", "To a partner’s", "To administrators:")

    page = sign_in(request.getfixturevalue(who)).get("/profile/mail/").text

    assert {words for words in (*every, "To everybody:") if words in page} == {says, "To everybody:"}
    assert ("You hold no role today" in page) == (who == "outsider")
