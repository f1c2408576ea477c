"""What a guest does: answer, attach, save, send; once."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from common.scope import PROGRAMME, reach_of, scope
from documents.models import File
from ministry_desk.actions import answering, asking
from ministry_desk.models import GuestAnswer, GuestProof
from notices.models import Mail
from notices.sending import write
from review.actions import Refused
from tests.factories.capability import make_accepted, make_round, make_update
from tests.factories.ministry_desk import as_guest, link_of, make_enquiry, open_link

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def form(enquiry):
    return reverse("colleague", args=[enquiry.pk])


def typed(**more):
    fields = {"D1-1-stage": "3", "D1-1-text": "The law passed in May.", "D1-2-text": "", "D1-1-link": ""}
    return {"do": "save", **fields, **more}


def answers_of(enquiry):
    with scope(reach_of(enquiry.asked_by)):
        found = GuestAnswer.objects.filter(enquiry=enquiry).select_related("asked").prefetch_related("proofs__file")
        return {answer.asked.question: answer for answer in found}


def test_only_the_questions_asked_are_on_the_page(guest, form, update_chl):
    text = guest.get(form).content.decode()

    assert "How is D1.1?" in text
    assert "How is D1.2?" in text
    assert "D1.3" not in text
    assert "Could you tell us about the new law?" in text


def test_the_page_speaks_the_language_of_the_mail(guest, form):
    assert 'lang="es"' in guest.get(form).content.decode()


@pytest.mark.parametrize("with_last", [True, False])
def test_the_last_answer_is_shown_as_the_liaison_chose(lead_chl, chile, manager, edition, with_last):
    make_accepted(make_update(make_round(edition, by=manager, year=2025, closed=True), chile), by=lead_chl, stage=4)
    now = make_update(make_round(edition, by=manager), chile)
    enquiry = make_enquiry(now, "D1.1", by=lead_chl, with_last=with_last)
    text = open_link(link_of(enquiry)).get(reverse("colleague", args=[enquiry.pk])).content.decode()

    assert ("chile D1.1" in text) is with_last


def test_what_is_typed_is_saved_and_not_sent(enquiry, guest, form):
    assert guest.post(form, typed()).status_code == 302

    answer = answers_of(enquiry)["D1.1"]
    assert (answer.stage, answer.text, answer.sent_at) == (3, "The law passed in May.", None)
    assert "The law passed in May." in guest.get(form).content.decode()


def test_a_file_and_a_link_are_kept_as_the_guests(enquiry, guest, form):
    upload = SimpleUploadedFile("law.pdf", PDF, "application/pdf")
    guest.post(form, typed(**{"D1-1-file": upload, "D1-1-link": "www.example.org/law"}))

    proofs = list(answers_of(enquiry)["D1.1"].proofs.all())
    assert {proof.title for proof in proofs} == {"law.pdf", "www.example.org/law"}
    file = next(proof.file for proof in proofs if proof.file)
    assert (file.guest_id, file.uploaded_by_id, file.state_id) == (enquiry.pk, None, enquiry.state_id)
    guest.post(form, typed(do=f"remove:{proofs[0].pk}"))
    assert answers_of(enquiry)["D1.1"].proofs.count() == 1


def test_a_bad_file_is_refused_in_a_sentence_and_the_words_stay(enquiry, guest, form):
    upload = SimpleUploadedFile("law.pdf", b"MZ not a pdf", "application/pdf")
    answer = guest.post(form, typed(**{"D1-1-file": upload, "D1-1-link": "no address"}))

    assert answer.status_code == 422
    assert "law.pdf" in answer.content.decode()
    assert answers_of(enquiry)["D1.1"].text == "The law passed in May."


@pytest.mark.parametrize(
    "body",
    [
        {"do": "send"},
        {"do": "send", "D1-1-stage": "", "D1-1-text": "Words without a stage"},
        {"do": "send", "D1-1-stage": "3", "D1-1-text": ""},
        {"do": "send", "D1-1-stage": "99", "D1-1-text": ""},
    ],
)
def test_nothing_half_is_sent(enquiry, guest, form, body):
    assert guest.post(form, body).status_code == 422
    assert all(answer.sent_at is None for answer in answers_of(enquiry).values())


@pytest.mark.parametrize("wish", ["remove:x", "remove:", "remove:99999999999999999999999", "what", "", "send:1"])
def test_odd_wishes_do_no_harm(guest, form, wish):
    assert guest.post(form, {"do": wish, "D1-1-text": "a\x00b"}).status_code in (302, 422)


def test_sent_once_and_closed_then(enquiry, guest, form, lead_chl):
    guest.post(form, typed(do="send"))
    sent = answers_of(enquiry)["D1.1"]
    guest.post(form, typed(do="send", **{"D1-1-text": "Other words"}))

    assert sent.sent_at
    assert answers_of(enquiry)["D1.1"].text == "The law passed in May."
    text = guest.get(form).content.decode()
    assert "<textarea" not in text
    assert "The law passed in May." in text


def test_the_liaison_gets_one_mail_that_says_so(enquiry, guest, form, lead_chl):
    guest.post(form, typed(do="send"))
    guest.post(form, typed(do="send"))

    with scope(PROGRAMME):
        letters = list(Mail.objects.filter(kind="colleague answered").select_related("person"))
    assert [letter.person for letter in letters] == [lead_chl]
    message = write(letters[0])
    assert "Elena Colega" in message.subject
    assert "May" not in message.body


def test_the_trail_names_the_enquiry_and_is_the_states_own(enquiry, guest, form, lead_chl, officer):
    guest.post(form, typed())

    with scope(reach_of(lead_chl)):
        entry = AuditEntry.objects.filter(model="ministry_desk.guestanswer", verb="U").latest("pk")
        assert (entry.page, entry.by_id, entry.after["enquiry_id"]) == (f"POST {form}", None, enquiry.pk)
    with scope(reach_of(officer)):
        assert not AuditEntry.objects.filter(model__startswith="ministry_desk").exists()


def test_who_is_signed_in_changes_nothing(enquiry, link, form, sign_in, lead_jam):
    """The form is the guest's alone, whoever else's browser it is."""
    browser = open_link(link, sign_in(lead_jam))

    assert browser.get(form).status_code == 200
    assert browser.get("/states/chile/updates/2026-2/").status_code == 404


def test_staff_see_nothing_of_it(enquiry, guest, form, officer):
    guest.post(form, typed(do="send"))

    with scope(reach_of(officer)):
        assert not GuestAnswer.objects.exists()
        assert not GuestProof.objects.exists()
        assert not File.objects.exists()


def test_the_page_is_light_and_needs_no_script(guest, form):
    text = guest.get(form).content.decode()

    assert len(text) < 40_000
    assert re.search(r'<form method="post" enctype="multipart/form-data"', text)


def test_what_is_added_and_removed_again_has_an_end(enquiry, guest, form, monkeypatch):
    monkeypatch.setattr(answering, "MOST_FILES", 2)
    for number in range(3):
        upload = SimpleUploadedFile("law.pdf", PDF + str(number).encode(), "application/pdf")
        page = guest.post(form, typed(**{"D1-1-file": upload}), follow=True)
        with scope(as_guest(enquiry)):
            GuestProof.objects.all().delete()

    assert "cuarenta archivos" in page.content.decode()
    assert answers_of(enquiry)["D1.1"].text == "The law passed in May."
    with scope(as_guest(enquiry)):
        assert File.objects.filter(guest_id=enquiry.pk).count() == 2


def test_letters_to_colleagues_have_an_end(update_chl, lead_chl, monkeypatch):
    monkeypatch.setattr(asking, "MOST_ENQUIRIES", 1)
    make_enquiry(update_chl, by=lead_chl)

    with pytest.raises(Refused, match="A hundred letters"):
        make_enquiry(update_chl, by=lead_chl)
