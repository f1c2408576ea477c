"""A webhook is told once, signed, of what its team may read and programs may pass on; and is never turned inwards."""

import base64
import hashlib
import hmac
import json
import time
from ipaddress import ip_address

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.second_factor import FRESH_SECONDS
from common.fetching import Fetcher, NotAllowed, Reply, Unreachable
from common.scope import PROGRAMME, reach_of, scope
from common.sealing import unseal
from csirt_network import webhook_sending
from csirt_network.actions.webhooks import end, make_webhook, resume, send_test
from csirt_network.models import Announcement, NetworkMembership, Webhook, WebhookDelivery
from notices.duties import turn_of
from notices.models import Mail
from tests.common.test_fetching import INWARD, no_way_out  # noqa: F401 - a fixture
from tests.csirt_network.alerts import fresh, mails_of, perform, send_out, walk_all
from tests.factories.csirt_network import make_member
from tests.signing_in import give_app, sign_in_from_inside

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.org/oas"
RULE = {"least": "CLEAR", "most": "AMBER+STRICT"}


class Server:
    """Answers in place of the internet, and keeps what it was asked."""

    def __init__(self):
        self.asked, self.answers = [], []

    def ask(self, fetcher, method, url, body=None):
        self.asked.append((method, url, dict(fetcher.headers), body))
        answer = self.answers.pop(0) if self.answers else 204
        if isinstance(answer, Exception):
            raise answer
        return Reply(answer, url)

    @property
    def told(self):
        return [json.loads(body) for _method, _url, _headers, body in self.asked]


@pytest.fixture
def server(monkeypatch):
    found = Server()
    monkeypatch.setattr(Fetcher, "ask", lambda fetcher, *given: found.ask(fetcher, *given))
    return found


@pytest.fixture
def hook(csirt_jam, rep_jam):
    return made(csirt_jam, rep_jam)[0]


def made(team, by, url=URL, **columns):
    with scope(reach_of(fresh(by))):
        return make_webhook(team=team, columns={**RULE, "name": "Tickets", "url": url, **columns}, by=by)


def go(**which):
    walk_all()
    perform(WebhookDelivery, **which)


def deliveries():
    with scope(PROGRAMME):
        return list(WebhookDelivery.objects.order_by("pk"))


def again():
    """As if the pause were over."""
    with scope(PROGRAMME):
        WebhookDelivery.objects.filter(status="queued").update(not_before=timezone.now())
    perform(WebhookDelivery)


# What is sent ------------------------------------------------------------------------------------------------------


def test_it_is_signed_with_the_secret_that_was_shown(officer, csirt_jam, rep_jam, server):
    _webhook, secret = made(csirt_jam, rep_jam)
    send_out(by=officer, people=[officer])
    go()

    ((method, url, headers, body),) = server.asked
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert (method, url) == ("POST", URL)
    assert headers["webhook-signature"] == (
        "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    )
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60


def test_the_signature_is_that_of_the_standard():
    """The example of the Standard Webhooks specification's own libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'

    found = webhook_sending.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)

    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("tlp", ["CLEAR", "GREEN"])
def test_texts_go_along_up_to_green(officer, csirt_jam, hook, server, tlp):
    send_out(csirt_jam, by=officer, tlp=tlp)
    go()

    (told,) = server.told
    assert told["type"] == "alert.published"
    assert told["data"]["title"] == {"en": "Fake tax refunds"}
    assert told["data"]["happening"] == {"en": "Messages promise a refund."}
    assert told["data"]["tlp"] == f"TLP:{tlp}"


@pytest.mark.parametrize("tlp", ["AMBER", "AMBER+STRICT"])
def test_above_green_number_label_and_address_and_no_more(officer, csirt_jam, hook, server, tlp):
    alert = send_out(csirt_jam, by=officer, tlp=tlp)
    go()

    assert server.told[0]["data"] == {
        "id": alert.pk,
        "code": "2026-001",
        "version": 1,
        "tlp": f"TLP:{tlp}",
        "pap": "PAP:AMBER",
        "url": f"http://localhost:8000/alerts/{alert.pk}/",
    }


@pytest.mark.parametrize(
    "facts", [{"pap": "RED"}, {"is_exercise": True}, {"tlp": "RED"}, {"tlp": "AMBER", "elsewhere": True}]
)
def test_what_no_program_may_pass_on_is_not_sent(officer, csirt_jam, csirt_chl, rep_jam, hook, server, facts):
    facts = dict(facts)
    team = csirt_chl if facts.pop("elsewhere", False) else csirt_jam
    teams, people = ([], [rep_jam]) if facts.get("tlp") == "RED" else ([team], [])
    send_out(*teams, people=people, by=officer, **facts)
    go()

    assert server.asked == []


def test_only_what_it_asks_for(officer, csirt_jam, rep_jam, server):
    made(csirt_jam, rep_jam, words=["pumps"])
    send_out(by=officer, people=[officer])
    send_out(by=officer, people=[officer], title_en="Broken pumps")
    go()

    assert [told["data"]["code"] for told in server.told] == ["2026-002"]


def test_the_same_event_comes_once(officer, hook, server):
    send_out(by=officer, people=[officer])
    go()
    with scope(PROGRAMME):
        Announcement.objects.update(status="queued")
    go()

    assert len(server.asked) == 1


def test_it_is_asked_again_whether_the_team_may_read_when_it_leaves(officer, csirt_jam, hook, server):
    send_out(csirt_jam, by=officer, tlp="AMBER")
    walk_all()
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_jam).update(ended_at=timezone.now())
    perform(WebhookDelivery)

    assert server.asked == []
    assert [one.status for one in deliveries()] == ["done"]


# When it is not taken ----------------------------------------------------------------------------------------------


def test_it_is_tried_again_with_the_same_id(officer, hook, server):
    server.answers = [503, Unreachable("no"), 200]
    send_out(by=officer, people=[officer])
    go()
    (waiting,) = deliveries()
    assert waiting.status == "queued"
    assert waiting.not_before > timezone.now()
    again()
    again()

    (done,) = deliveries()
    assert (done.status, done.codes) == ("done", [503, 0, 200])
    assert done.sent_at
    assert len({headers["webhook-id"] for _m, _u, headers, _b in server.asked}) == 1


def test_after_the_last_attempt_it_is_paused_and_its_keepers_are_told(officer, csirt_jam, rep_jam, hook, server):
    analyst = make_member("Alan Analyst", csirt_jam, "analyst")
    server.answers = [500] * 20
    send_out(by=officer, people=[officer])
    go()
    for _ in range(WebhookDelivery.MAX_ATTEMPTS):
        again()
    send_out(by=officer, people=[officer], title_en="Later")
    go()

    with scope(PROGRAMME):
        paused = Webhook.objects.get()
    assert len(server.asked) == WebhookDelivery.MAX_ATTEMPTS
    assert (paused.status, paused.why_paused) == ("paused", "The address did not take it.")
    assert [one.status for one in deliveries()] == ["failed"]
    assert len(mails_of(rep_jam, "webhook paused")) == 1
    assert mails_of(analyst, "webhook paused") == []


def test_gone_is_gone(officer, rep_jam, hook, server):
    server.answers = [410]
    send_out(by=officer, people=[officer])
    go()

    with scope(PROGRAMME):
        assert Webhook.objects.get().status == "paused"
    assert [one.status for one in deliveries()] == ["failed"]


def test_the_mail_about_a_pause_leads_to_the_deliveries(officer, rep_jam, hook, server, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    server.answers = [410]
    send_out(by=officer, people=[officer])
    go()
    perform(Mail, kind="webhook paused")

    (sent,) = mail.outbox
    assert sent.subject == "CIRT of Jamaica: the webhook “Tickets” is paused"
    assert f"/alerts/webhooks/{hook.pk}/" in sent.body


def test_a_paused_webhook_is_tested_and_set_going_again(officer, rep_jam, hook, server):
    server.answers = [410]
    send_out(by=officer, people=[officer])
    go()
    person = fresh(rep_jam)
    with scope(reach_of(person)):
        send_test(webhook=hook, by=person)
    perform(WebhookDelivery)
    with scope(reach_of(person)):
        resume(webhook=hook, by=person)
    send_out(by=officer, people=[officer], title_en="Later")
    go()

    assert [told["type"] for told in server.told] == ["alert.published", "test", "alert.published"]


def test_an_ended_webhook_gets_nothing_and_its_secret_is_forgotten(officer, rep_jam, hook, server):
    send_out(by=officer, people=[officer])
    walk_all()
    with scope(reach_of(fresh(rep_jam))):
        end(webhook=hook, by=rep_jam)
    perform(WebhookDelivery)

    with scope(PROGRAMME):
        assert Webhook.objects.get().secret == ""
    assert server.asked == []


# Never inwards -----------------------------------------------------------------------------------------------------

TRICKS = [url.replace("http://", "https://", 1) for url in INWARD]


@pytest.mark.parametrize("url", TRICKS)
def test_no_delivery_opens_a_connection_inwards(officer, csirt_jam, rep_jam, monkeypatch, no_way_out, url):  # noqa: F811 - asks for it
    """Even with such an address in its row, which no form lets in; the name server answers one public and one inner."""
    answers = [ip_address("1.1.1.1"), ip_address("127.0.0.1")]
    monkeypatch.setattr(webhook_sending, "FETCHER", Fetcher(redirects=0, ports=(443,), resolve=lambda *_: answers))
    url = url.encode().decode("unicode_escape") if "\\r" in url else url
    hook = Webhook(pk=1, url=url, secret="")
    monkeypatch.setattr(webhook_sending, "unseal", lambda _secret: "whsec_AAAA")
    monkeypatch.setattr(webhook_sending, "_note", lambda *_: None)

    wrong = webhook_sending._send(WebhookDelivery(pk=1), hook, {})

    assert wrong == webhook_sending.NOT_PUBLIC


# A field of a form drops the white space around what is typed: what is left of these leads to the public internet.
TYPED = [url for url in TRICKS if "leads_inward" not in url and not url.replace("\\r", "\r").endswith("\r")]


@pytest.mark.parametrize("url", TYPED)
def test_no_form_takes_such_an_address(rep_jam, sign_in, url):
    url = url.encode().decode("unicode_escape") if "\\r" in url else url
    browser = sign_in(rep_jam)
    response = browser.post("/alerts/webhooks/new/", RULE | {"name": "x", "url": url})

    assert response.status_code == 422
    with scope(PROGRAMME):
        assert not Webhook.objects.exists()


def test_an_address_that_leads_inwards_pauses_the_webhook_at_once(officer, hook, server):
    server.answers = [NotAllowed("no")]
    send_out(by=officer, people=[officer])
    go()

    with scope(PROGRAMME):
        assert Webhook.objects.get().status == "paused"
    assert [(one.status, one.codes) for one in deliveries()] == [("failed", [0])]


def test_no_redirect_is_followed_and_only_the_usual_port_is_asked():
    assert webhook_sending.FETCHER.redirects == 0
    assert webhook_sending.FETCHER.ports == (443,)


# Pages -------------------------------------------------------------------------------------------------------------


def test_the_secret_is_shown_once_and_sealed(rep_jam, sign_in):
    browser = sign_in(rep_jam)
    page = browser.post("/alerts/webhooks/new/", RULE | {"name": "Tickets", "url": URL}).content.decode()

    with scope(PROGRAMME):
        found = Webhook.objects.get()
    secret = unseal(found.secret)
    assert secret.startswith("whsec_")
    assert secret in page
    assert secret not in found.secret
    for path in ("/alerts/webhooks/", f"/alerts/webhooks/{found.pk}/"):
        assert secret not in browser.get(path).content.decode()


def test_a_webhook_asks_for_a_fresh_second_factor(rep_jam, sign_in):
    give_app(rep_jam)
    browser = sign_in(rep_jam)
    session = browser.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "at": time.time() - FRESH_SECONDS - 1}
    ]
    session.save()

    response = browser.post("/alerts/webhooks/new/", RULE | {"name": "Tickets", "url": URL})

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    with scope(PROGRAMME):
        assert not Webhook.objects.exists()


def test_the_page_lists_deliveries_with_the_answers(officer, rep_jam, hook, server, sign_in):
    server.answers = [503, 200]
    send_out(by=officer, people=[officer])
    go()
    again()

    page = sign_in(rep_jam).get(f"/alerts/webhooks/{hook.pk}/").content.decode()
    assert "503, 200" in " ".join(page.split())
    assert "2026-001" in page


def test_only_who_acts_for_the_team_keeps_its_webhooks(csirt_jam, rep_chl, manager, hook, client):
    analyst = make_member("Alan Analyst", csirt_jam, "analyst")
    for person, seen, done in ((analyst, 200, 403), (rep_chl, 404, 404), (manager, 404, 404)):
        sign_in_from_inside(client, person)
        assert client.get(f"/alerts/webhooks/{hook.pk}/").status_code == seen
        for action in ("test", "resume", "end"):
            assert client.post(f"/alerts/webhooks/{hook.pk}/{action}/").status_code == done


def test_the_audit_trail_knows_no_secret(db):
    """Entries of what is a team's own are read by nobody here; so the trigger is asked what it leaves out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'webhook_audited'")
        assert "'yes', 'secret')" in cursor.fetchone()[0]


def test_why_it_is_paused_waits_in_the_readers_language(officer, rep_jam, hook, server):
    server.answers = [410]
    send_out(by=officer, people=[officer])
    go()
    person = fresh(rep_jam)

    with scope(reach_of(person), read_only=True), override("es"):
        (duty,) = [
            duty for group in turn_of(person).groups for duty in group.duties if group.kind.name == "webhook paused"
        ]
        english, spanish = Webhook.objects.get().why_paused, Webhook.objects.get().why

    assert duty.note == spanish != english
