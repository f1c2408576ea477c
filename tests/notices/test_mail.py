import time

import pytest
from celery import current_app
from django.core import mail as outgoing
from django.test import override_settings

from common.scope import PROGRAMME, reach_of, scope
from notices import bell, tasks
from notices.models import Mail
from notices.outbox import post
from notices.sending import ACCOUNT_CLOSED, NO_CONCERN
from notices.work import work
from tests.notices.conftest import the_mail


def rows():
    with scope(PROGRAMME):
        return Mail.objects.count()


def test_mail_posted_twice_is_one(greeting, chile, lead_chl, deputy_chl):
    with scope(reach_of(lead_chl)):
        post(kind="greeting", object_id=chile.pk, people=[lead_chl, deputy_chl])
        post(kind="greeting", object_id=chile.pk, people=[deputy_chl])
        post(kind="greeting", object_id=chile.pk, people=[deputy_chl], threshold="3 days")

    assert rows() == 3


def test_a_liaison_may_post_to_staff_and_sees_only_own_mail(greeting, chile, lead_chl, officer):
    with scope(reach_of(lead_chl)):
        post(kind="greeting", object_id=chile.pk, people=[officer, lead_chl])
        seen = list(Mail.objects.values_list("person_id", flat=True))

    assert seen == [lead_chl.pk]
    assert rows() == 2


def test_a_kind_nobody_registered_is_refused(chile, lead_chl):
    with pytest.raises(KeyError, match="hearsay"):
        post(kind="hearsay", object_id=chile.pk, people=[lead_chl])


def test_mail_is_written_in_the_language_of_its_reader(posted, chile, lead_chl, officer, speaks):
    speaks(lead_chl, "es")
    for person in (lead_chl, officer):
        work(Mail, posted(chile, person).pk)

    to_lead, to_officer = outgoing.outbox
    assert to_officer.subject == "Chile: Sign in & co"
    assert to_lead.extra_headers["Content-Language"] == "es"
    assert to_lead.to == [lead_chl.email]
    assert "Chile & Camila Muestra" in to_lead.body
    assert "http://localhost:8000/states/chile/" in to_lead.body
    assert 'lang="es"' in to_lead.alternatives[0][0]


@pytest.mark.parametrize("contact", ["", "help@example.org"])
def test_an_answer_to_a_mail_reaches_the_programme_where_it_says_how(posted, chile, lead_chl, settings, contact):
    settings.CONTACT = contact

    work(Mail, posted(chile, lead_chl).pk)

    assert outgoing.outbox[0].message().get("Reply-To", "") == contact


def test_names_are_those_of_the_readers_language(posted, jamaica, brazil, officer):
    officer.language = "fr"
    officer.save()

    work(Mail, posted(jamaica, officer).pk)

    assert outgoing.outbox[0].subject.startswith("Jamaïque: ")


def test_a_mail_has_the_same_message_id_at_every_attempt(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)
    with scope(PROGRAMME):
        first = mail.message_id
        mail.attempts = 3

    work(Mail, mail.pk)

    assert mail.message_id == first
    assert outgoing.outbox[0].message()["Message-ID"] == first


def test_a_mail_that_was_sent_is_done(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)

    work(Mail, mail.pk)
    work(Mail, mail.pk)

    assert the_mail(lead_chl).status == "done"
    assert the_mail(lead_chl).sent_at
    assert len(outgoing.outbox) == 1


def test_a_disabled_person_gets_none(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)
    lead_chl.is_active = False
    lead_chl.save()

    work(Mail, mail.pk)

    assert outgoing.outbox == []
    assert (the_mail(lead_chl).status, the_mail(lead_chl).reason) == ("done", ACCOUNT_CLOSED)


def test_whom_it_does_not_concern_any_more_gets_none(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)
    chile.liaisons.all().delete()

    work(Mail, mail.pk)

    assert outgoing.outbox == []
    assert (the_mail(lead_chl).reason, the_mail(lead_chl).sent_at) == (NO_CONCERN, None)


@override_settings(EMAIL_BACKEND="tests.notices.test_mail.Refusing")
def test_a_mail_server_that_refuses_is_asked_again(posted, chile, lead_chl):
    mail = posted(chile, lead_chl)

    work(Mail, mail.pk)

    assert the_mail(lead_chl).status == "queued"
    assert the_mail(lead_chl).reason


class Refusing:
    def __init__(self, **_):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_posting_rings_after_the_transaction(
    greeting, chile, lead_chl, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr(bell, "send", lambda *what: rung.append(what))

    with django_capture_on_commit_callbacks(execute=True):
        post(kind="greeting", object_id=chile.pk, people=[lead_chl])
        assert rung == []

    assert rung == [("notices.tasks.sweep",)]


def test_many_mails_of_one_transaction_are_swept_up_once(
    greeting, chile, lead_chl, deputy_chl, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr(bell, "send", lambda *what: rung.append(what))

    with django_capture_on_commit_callbacks(execute=True):
        for person in (lead_chl, deputy_chl):
            post(kind="greeting", object_id=chile.pk, people=[person])

    assert rung == [("notices.tasks.sweep",)]


@pytest.mark.parametrize("broker", ["redis://127.0.0.1:1/0", "redis+socket:///nowhere/valkey.sock"])
def test_without_a_broker_mail_is_posted_all_the_same(
    greeting, chile, lead_chl, broker, monkeypatch, django_capture_on_commit_callbacks, caplog
):
    monkeypatch.setattr(current_app.conf, "broker_write_url", broker)
    monkeypatch.setattr(current_app, "_pool", None)
    monkeypatch.setattr(current_app.amqp, "_producer_pool", None)

    start = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        post(kind="greeting", object_id=chile.pk, people=[lead_chl])

    assert rows() == 1
    assert "the sweeper will find it" in caplog.text
    assert time.monotonic() - start < 10


def test_the_sweeper_rings_for_what_waits(posted, chile, lead_chl, deputy_chl, monkeypatch):
    rung = []
    monkeypatch.setattr(bell, "send", lambda *what: rung.append(what))
    done, waiting = posted(chile, deputy_chl), posted(chile, lead_chl)
    work(Mail, done.pk)

    tasks.sweep()

    assert rung == [("notices.tasks.ring", "notices.mail", waiting.pk)]


def test_a_ring_sends_the_mail(posted, chile, lead_chl):
    tasks.ring("notices.mail", posted(chile, lead_chl).pk)

    assert len(outgoing.outbox) == 1
