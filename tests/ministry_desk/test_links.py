"""The link: in the mail alone, opened once, by one browser, until its day."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from capability.models import Update
from common.scope import PROGRAMME, reach_of, scope
from ministry_desk.actions.asking import ask_again, latest_day, revoke
from ministry_desk.models import Letter
from notices.work import work
from tests.factories.capability import make_submitted
from tests.factories.ministry_desk import link_of, make_enquiry, open_link

pytestmark = pytest.mark.django_db


def page_of(enquiry):
    return reverse("colleague", args=[enquiry.pk])


def test_the_mail_is_in_the_language_of_the_colleague_and_to_her_alone(enquiry, link):
    letter = mail.outbox[-1]

    assert letter.to == ["elena@justice.example.org"]
    assert letter.extra_headers["Content-Language"] == "es"
    assert "Could you tell us about the new law?" in letter.body


def test_the_token_is_in_the_mail_and_nowhere_in_the_database(enquiry, link):
    token = link.rstrip("/").rsplit("/", 1)[-1]
    open_link(link)

    assert len(token) > 40
    assert token not in str(list(Letter.objects.values()))
    for reach in (PROGRAMME, reach_of(enquiry.asked_by)):
        with scope(reach):
            assert token not in str(list(AuditEntry.objects.values()))


def test_every_attempt_at_sending_has_a_link_of_its_own_and_all_serve(enquiry):
    first = link_of(enquiry)
    Letter.objects.filter(enquiry=enquiry).update(status="queued", not_before=timezone.now() - timedelta(1))
    second = link_of(enquiry)

    assert first != second
    assert Client().get(first).status_code == Client().get(second).status_code == 200


def test_looking_at_the_link_changes_nothing(enquiry, link):
    before = list(Letter.objects.values())
    for _ in range(3):
        assert Client().get(link).status_code == 200
        assert Client().head(link).status_code == 200

    assert list(Letter.objects.values()) == before


def test_the_button_opens_the_questions(enquiry, link):
    browser = Client()
    browser.get(link)
    answer = browser.post(link)

    assert (answer.status_code, answer["Location"]) == (302, page_of(enquiry))
    assert browser.get(page_of(enquiry)).status_code == 200


def test_a_second_browser_finds_the_link_used(enquiry, link, guest):
    other = Client()

    for answer in (other.get(link), other.post(link)):
        assert answer.status_code == 404
        assert "Camila Muestra" in answer.content.decode()
        assert "Elena" not in answer.content.decode()
        assert "D1.1" not in answer.content.decode()
    assert other.get(page_of(enquiry)).status_code == 404
    assert guest.get(page_of(enquiry)).status_code == 200


def test_the_same_browser_presses_twice_and_is_in(enquiry, link):
    browser = Client()
    browser.get(link)
    browser.post(link)
    again = browser.post(link)

    assert again.status_code == 302
    assert browser.get(page_of(enquiry)).status_code == 200


def test_of_two_browsers_at_once_one_is_in(enquiry, link):
    first, second = Client(), Client()
    first.get(link), second.get(link)

    assert [first.post(link).status_code, second.post(link).status_code] == [302, 404]


def test_a_browser_without_cookies_uses_nothing_up(enquiry, link):
    assert Client().post(link).status_code == 404
    assert Letter.objects.get(enquiry=enquiry).taken_at is None


def test_cookies_are_narrow_and_closed(enquiry, link, settings):
    browser = Client()
    browser.get(link)
    browser.post(link)
    cookies = browser.cookies

    assert cookies["colleague-key"]["path"] == page_of(enquiry)
    assert cookies["colleague-browser"]["path"] == "/colleague/link/"
    for name in ("colleague-key", "colleague-browser"):
        assert cookies[name]["httponly"]
        assert cookies[name]["samesite"] == "Lax"
    assert cookies["colleague-key"]["max-age"] == 12 * 3600


def test_another_key_opens_nothing(enquiry, guest, update_chl, lead_chl):
    other = make_enquiry(update_chl, "D2.1", by=lead_chl)

    guest.cookies["colleague-key"]["path"] = "/"
    assert guest.get(page_of(other)).status_code == 404


def test_revoked_link_and_page_are_dead_at_once(enquiry, link, guest, lead_chl):
    with scope(reach_of(lead_chl)):
        revoke(enquiry=enquiry, by=lead_chl)

    for answer in (guest.get(link), guest.post(link), guest.get(page_of(enquiry)), Client().get(link)):
        assert answer.status_code == 404
    answer = guest.post(page_of(enquiry), {"do": "save", "D1-1-text": "My long words"})
    assert answer.status_code == 404
    assert "My long words" in answer.content.decode()


def test_a_letter_that_was_not_sent_yet_is_not_sent_when_revoked(enquiry, lead_chl):
    with scope(reach_of(lead_chl)):
        revoke(enquiry=enquiry, by=lead_chl)
    work(Letter, Letter.objects.get(enquiry=enquiry).pk)

    assert mail.outbox == []
    assert Letter.objects.get(enquiry=enquiry).status == "done"


def test_sent_anew_only_the_new_link_lives(enquiry, link, guest, lead_chl):
    with scope(reach_of(lead_chl)):
        ask_again(enquiry=enquiry, message="Please", until=enquiry.until, by=lead_chl)
    new = link_of(enquiry)

    assert guest.get(page_of(enquiry)).status_code == 404
    assert Client().get(link).status_code == 404
    assert open_link(new).get(page_of(enquiry)).status_code == 200


def test_a_link_ends_with_its_day(enquiry, link, guest):
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert guest.get(page_of(enquiry)).status_code == 404
        assert Client().get(link).status_code == 404


def test_what_was_sent_ends_the_questions_with_thanks(enquiry, link, guest, update_chl, lead_chl):
    make_submitted(update_chl, by=lead_chl)

    answer = guest.get(page_of(enquiry))
    assert answer.status_code == 404
    assert re.search("Nothing more is needed|No se necesita nada más", answer.content.decode(), re.IGNORECASE)


def test_closing_the_round_ends_the_questions(enquiry, guest, open_round, manager):
    type(open_round).objects.filter(pk=open_round.pk).update(closed_by=manager, closed_at=timezone.now())

    assert guest.get(page_of(enquiry)).status_code == 404


def test_fourteen_days_are_the_most_and_the_due_date_bounds_them(update_chl, open_round):
    assert latest_day(update_chl) == open_round.due_on
    with scope(PROGRAMME):
        Update.objects.filter(pk=update_chl.pk).update(extended_until=open_round.due_on + timedelta(days=90))
        far = Update.objects.select_related("round").get(pk=update_chl.pk)

    assert 13 <= (latest_day(far) - timezone.now().date()).days <= 14


def test_nothing_unknown_is_found(db):
    assert Client().get(reverse("colleague-link", args=["nonsense"])).status_code == 404
    assert Client().get(reverse("colleague", args=[12345])).status_code == 404
