"""Mail that does not arrive is seen, and an address that does not work gets none until somebody says otherwise."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outgoing
from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from notices.addresses import Refused, is_dead, mark, works_again
from notices.models import DeadAddress, Mail
from notices.outbox import post
from notices.sending import ADDRESS_DEAD, ADDRESS_REFUSED
from notices.work import work
from tests.notices.conftest import change, the_mail

REASON = "The mailbox does not exist."


def marked(person, by):
    with scope(reach_of(by)):
        mark(person=person, reason=REASON, by=by)


def sent(mail):
    work(Mail, mail.pk)
    with scope(PROGRAMME):
        return Mail.objects.get(pk=mail.pk)


def failed(mail, days=0):
    change(mail, status="failed", finished_at=timezone.now() - timedelta(days=days), reason=ADDRESS_REFUSED)


def test_no_mail_goes_to_an_address_that_does_not_work(posted, chile, lead_chl, officer):
    marked(lead_chl, officer)

    mail = sent(posted(chile, lead_chl))

    assert (mail.status, mail.reason, mail.sent_at) == ("done", ADDRESS_DEAD, None)
    assert outgoing.outbox == []


def test_a_new_password_is_mailed_all_the_same_since_its_owner_asks_now(lead_chl, officer):
    marked(lead_chl, officer)
    EmailAddress.objects.create(user=lead_chl, email=lead_chl.email, verified=True, primary=True)
    with scope(PROGRAMME):
        post(kind="password forgotten", object_id=lead_chl.pk, people=[lead_chl])

    sent(the_mail(lead_chl))

    assert len(outgoing.outbox) == 1


def test_another_address_gets_mail_again(posted, chile, lead_chl, officer):
    marked(lead_chl, officer)
    User.objects.filter(pk=lead_chl.pk).update(email="new@example.org")

    sent(posted(chile, lead_chl))

    assert [mail.to for mail in outgoing.outbox] == [["new@example.org"]]


def test_its_owner_reads_so_on_the_home_page_and_says_when_it_works_again(sign_in, lead_chl, officer):
    marked(lead_chl, officer)
    client = sign_in(lead_chl)

    assert "Your e-mail address does not work." in client.get("/home/").content.decode()
    assert REASON in client.get("/profile/mail/").content.decode()
    assert "Your e-mail address does not work" in client.get("/my-turn/").content.decode()

    client.post("/profile/mail/works/")

    assert not is_dead(lead_chl)
    assert "does not work" not in client.get("/home/").content.decode()


def test_an_address_is_marked_once(lead_chl, officer):
    marked(lead_chl, officer)

    with pytest.raises(Refused):
        marked(lead_chl, officer)
    with scope(reach_of(officer)):
        assert works_again(person=lead_chl, by=officer)
        assert not works_again(person=lead_chl, by=officer)
    marked(lead_chl, officer)

    with scope(PROGRAMME):
        assert DeadAddress.objects.filter(person=lead_chl).count() == 2


def test_nobody_marks_an_address_behind_the_wall_but_staff_and_administrators(lead_chl, deputy_chl, admin):
    with pytest.raises(Exception, match="row-level security"):
        marked(deputy_chl, lead_chl)

    marked(deputy_chl, admin)

    assert is_dead(deputy_chl)


def test_a_server_that_will_never_take_it_is_asked_once(posted, chile, lead_chl, monkeypatch):
    def refuse(_message):
        raise SMTPRecipientsRefused({lead_chl.email: (550, b"No such user")})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)

    mail = sent(posted(chile, lead_chl))

    assert (mail.status, mail.reason, mail.attempts) == ("failed", ADDRESS_REFUSED, 1)


def test_a_server_that_is_busy_is_asked_again(posted, chile, lead_chl, monkeypatch):
    def refuse(_message):
        raise SMTPRecipientsRefused({lead_chl.email: (450, b"Later")})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)

    assert sent(posted(chile, lead_chl)).status == "queued"


def test_staff_see_what_failed_why_and_what_to_do(posted, chile, lead_chl, officer, sign_in):
    failed(posted(chile, lead_chl))
    client = sign_in(officer)

    page = client.get("/mail/undelivered/").content.decode()
    assert lead_chl.email in page
    assert "The mail server refused the recipient&#x27;s address." in page
    assert "Try again" in page
    assert "Mails that could not be delivered" in client.get("/my-turn/").content.decode()

    client.post(f"/mail/addresses/{lead_chl.pk}/mark/", {"reason": REASON})

    assert "Every mail went out" in client.get("/mail/undelivered/").content.decode(), "it waits no more"
    assert REASON in client.get("/mail/undelivered/?show=addresses").content.decode()


def test_a_mail_that_failed_is_tried_again_from_the_page(posted, chile, lead_chl, officer, sign_in):
    mail = posted(chile, lead_chl)
    failed(mail)

    sign_in(officer).post(f"/mail/undelivered/{mail.pk}/again/")

    assert sent(mail).sent_at is not None


def test_administrators_see_what_failed_and_no_other_mail(posted, chile, lead_chl, deputy_chl, admin, sign_in):
    failed(posted(chile, lead_chl))
    posted(chile, deputy_chl)

    page = sign_in(admin).get("/mail/undelivered/").content.decode()

    assert lead_chl.email in page
    with scope(reach_of(admin)):
        assert [mail.person for mail in Mail.objects.all()] == [lead_chl]


def test_what_failed_long_ago_waits_for_nobody(posted, chile, lead_chl, officer, sign_in):
    failed(posted(chile, lead_chl), days=31)

    assert "Every mail went out" in sign_in(officer).get("/mail/undelivered/").content.decode()


def test_without_a_sentence_nothing_is_marked(lead_chl, officer, sign_in):
    answer = sign_in(officer).post(f"/mail/addresses/{lead_chl.pk}/mark/", {"reason": ""})

    assert answer.status_code == 422
    assert not is_dead(lead_chl)
