"""The liaison's side: asking, comparing, taking over; and the name that goes with what was sent."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from capability.actions.saving import Conflict, save_answer
from capability.actions.sending import submit_update
from capability.drafts import Content, WorkingCopy
from capability.models import Contributor, DraftAnswer, DraftContributor, Submission
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from ministry_desk.actions.asking import ask_again
from ministry_desk.actions.settling import keep_own, take_over
from ministry_desk.models import Enquiry, GuestAnswer, Letter
from review.actions import Refused
from tests.capability.filling import fill, make_threat_classes
from tests.factories.capability import make_draft, make_submitted
from tests.factories.ministry_desk import link_of, make_enquiry, open_link
from tests.ministry_desk.test_answers import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(enquiry, guest):
    """Elena has answered D1.1 with a file, and left D1.2 out."""
    upload = SimpleUploadedFile("law.pdf", PDF, "application/pdf")
    body = {
        "do": "send",
        "D1-1-stage": "3",
        "D1-1-text": "The law passed in May.",
        "D1-1-file": upload,
        "D1-2-text": "",
    }
    guest.post(reverse("colleague", args=[enquiry.pk]), body)
    return enquiry


def urls(enquiry, name, *more):
    return reverse(name, args=["chile", "2026-2", *more])


def settle(client, enquiry, do, question="D1.1", revision="0"):
    url = urls(enquiry, "enquiry-settle", enquiry.pk, question)
    return client.post(url, {"do": do, "revision": revision})


def draft_of(enquiry, by, question="D1.1"):
    with scope(reach_of(by)):
        found = DraftAnswer.objects.filter(update=enquiry.update, question=question)
        return found.prefetch_related("evidence", "contributors").first()


def test_a_liaison_asks_with_the_form(update_chl, lead_chl, sign_in):
    client = sign_in(lead_chl)
    body = {
        "questions": ["D1.1", "D3.2"],
        "name": "Elena",
        "ministry": "Justice",
        "email": "e@example.org",
        "language": "pt-br",
        "message": "",
        "until": str(today()),
    }
    assert client.get(urls(None, "enquiry-new") + "?question=D1.1").status_code == 200
    assert client.post(urls(None, "enquiry-new"), body).status_code == 302

    with scope(reach_of(lead_chl)):
        asked = Enquiry.objects.get()
        assert [one.question for one in asked.questions.all()] == ["D1.1", "D3.2"]
    assert Letter.objects.get().status == "queued"
    assert "Elena" in client.get(urls(None, "enquiry-list")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"questions": []},
        {"questions": ["csirt"]},
        {"questions": ["D9.9"]},
        {"email": "nobody"},
        {"language": "de"},
        {"until": "2020-01-01"},
        {"until": "2099-01-01"},
        {"until": "soon"},
        {"name": ""},
        {"ministry": " "},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(update_chl, lead_chl, sign_in, wrong):
    body = {"questions": ["D1.1"], "name": "Elena", "ministry": "Justice", "email": "e@example.org"}
    body |= {"language": "es", "message": "Kept words", "until": str(today())}
    answer = sign_in(lead_chl).post(urls(None, "enquiry-new"), body | wrong)

    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Letter.objects.exists()


def test_both_answers_stand_side_by_side(answered, lead_chl, deputy_chl, sign_in):
    make_draft(answered.update, "D1.1", by=deputy_chl, text="Our own words")
    text = sign_in(lead_chl).get(answered.get_absolute_url()).content.decode()

    for words in ("Our own words", "The law passed in May.", "Elena Colega", "law.pdf", "Diego Muestra"):
        assert words in text


def test_taken_over_with_proof_and_name(answered, lead_chl, sign_in):
    assert settle(sign_in(lead_chl), answered, "take").status_code == 302

    draft = draft_of(answered, lead_chl)
    assert (draft.stage, draft.text, draft.is_complete) == (3, "The law passed in May.", True)
    assert [proof.title for proof in draft.evidence.all()] == ["law.pdf"]
    assert [str(one) for one in draft.contributors.all()] == ["Elena Colega (Ministry of Justice)"]


def test_kept_own_changes_nothing(answered, lead_chl, sign_in):
    make_draft(answered.update, "D1.1", by=lead_chl, text="Our own words")
    settle(sign_in(lead_chl), answered, "keep", revision="1")

    draft = draft_of(answered, lead_chl)
    assert (draft.text, list(draft.contributors.all())) == ("Our own words", [])


def test_a_colleagues_newer_words_are_not_overwritten(answered, lead_chl, deputy_chl, sign_in):
    make_draft(answered.update, "D1.1", by=deputy_chl, text="Diego's newer words")
    answer = settle(sign_in(lead_chl), answered, "take", revision="0")

    assert answer.status_code == 409
    assert "Diego&#x27;s newer words" in answer.content.decode()
    assert draft_of(answered, lead_chl).text == "Diego's newer words"
    with scope(reach_of(lead_chl)):
        assert GuestAnswer.objects.get(asked__question="D1.1").settled_at is None
        assert not DraftContributor.objects.exists()


def test_decided_once(answered, lead_chl, deputy_chl, sign_in):
    settle(sign_in(lead_chl), answered, "keep")
    settle(sign_in(deputy_chl), answered, "take")

    assert draft_of(answered, lead_chl) is None


def test_what_is_not_sent_cannot_be_taken(enquiry, guest, lead_chl, sign_in):
    guest.post(reverse("colleague", args=[enquiry.pk]), {"do": "save", "D1-1-text": "half"})
    client = sign_in(lead_chl)
    settle(client, enquiry, "take")

    assert draft_of(enquiry, lead_chl) is None
    assert "half" not in client.get(enquiry.get_absolute_url()).content.decode()


def statuses(enquiry):
    with scope(reach_of(enquiry.asked_by)):
        return Enquiry.objects.whole().select_related("update__round").get(pk=enquiry.pk).status


def test_the_list_says_how_far_each_is(enquiry, lead_chl, sign_in):
    seen = [statuses(enquiry)]
    link = link_of(enquiry)
    seen.append(statuses(enquiry))
    browser = open_link(link)
    seen.append(statuses(enquiry))
    browser.post(reverse("colleague", args=[enquiry.pk]), {"do": "send", "D1-1-stage": "3", "D1-1-text": "x"})
    seen.append(statuses(enquiry))
    client = sign_in(lead_chl)
    for question in ("D1.1", "D1.2"):
        settle(client, enquiry, "keep", question)
    seen.append(statuses(enquiry))
    client.post(urls(enquiry, "enquiry-revoke", enquiry.pk))

    assert seen == ["queued", "sent", "opened", "answered", "merged"]
    assert client.get(urls(enquiry, "enquiry-list")).status_code == 200


def test_revoked_is_listed_so(enquiry, lead_chl, sign_in):
    sign_in(lead_chl).post(urls(enquiry, "enquiry-revoke", enquiry.pk))

    assert statuses(enquiry) == "revoked"


def test_asked_again_the_guest_may_write_what_was_not_taken(answered, lead_chl, sign_in):
    client = sign_in(lead_chl)
    settle(client, answered, "take")
    body = {"message": "And the decree?", "until": str(today())}
    assert client.post(urls(answered, "enquiry-again", answered.pk), body).status_code == 302
    browser, page = open_link(link_of(answered)), reverse("colleague", args=[answered.pk])
    browser.post(page, {"do": "send", "D1-1-text": "changed", "D1-2-stage": "2", "D1-2-text": "The decree too."})

    with scope(reach_of(lead_chl)):
        texts = dict(GuestAnswer.objects.values_list("asked__question", "text"))
    assert texts == {"D1.1": "The law passed in May.", "D1.2": "The decree too."}


def test_nothing_is_asked_again_when_all_is_taken(answered, lead_chl):
    with scope(reach_of(lead_chl)):
        GuestAnswer.objects.filter(enquiry=answered).update(is_taken=True)
        with pytest.raises(Refused):
            ask_again(enquiry=answered, message="", until=today(), by=lead_chl)


def test_nobody_is_asked_about_what_was_sent(update_chl, lead_chl):
    make_submitted(update_chl, by=lead_chl)
    with scope(reach_of(lead_chl)):
        item = WorkingCopy(update_chl, lead_chl).items["D1.1"]
    assert not item.may_change
    with pytest.raises(Refused):
        make_enquiry(update_chl, by=lead_chl)


# What was sent ----------------------------------------------------------------------------------------------------


@pytest.fixture
def sent(answered, lead_chl):
    """The whole update, with Elena's answer in it, as sent."""
    update = answered.update
    make_threat_classes()
    fill(update, by=lead_chl)
    with scope(reach_of(lead_chl)):
        item = WorkingCopy(update, lead_chl).items["D1.1"]
        answer = GuestAnswer.objects.get(enquiry=answered, asked__question="D1.1")
        take_over(answer=answer, item=item, revision=item.revision, by=lead_chl)
        return submit_update(update=update, key=uuid.uuid4(), by=lead_chl)


def test_the_name_goes_with_the_answer_and_stays(sent, lead_chl, officer):
    for reader in (lead_chl, officer):
        with scope(reach_of(reader)):
            names = {one.answer.question: str(one) for one in Contributor.objects.select_related("answer")}
        assert names == {"D1.1": "Elena Colega (Ministry of Justice)"}
    for change in (lambda: Contributor.objects.update(name="Nobody"), lambda: Contributor.objects.all().delete()):
        with pytest.raises(DatabaseError, match="written once"), scope(PROGRAMME), transaction.atomic():
            change()


@pytest.mark.parametrize("page", ["update-review", "submission-detail"])
def test_the_reviewer_reads_who_answered(sent, officer, sign_in, page):
    more = [1] if page == "submission-detail" else []
    text = sign_in(officer).get(reverse(page, args=["chile", "2026-2", *more])).content.decode()

    assert "Answered by Elena Colega (Ministry of Justice)" in text


def test_names_are_for_the_state_and_staff_whatever_is_shared(sent, lead_jam):
    with scope(PROGRAMME):
        sent.answers.update(is_accepted=True, audience="public")
    with scope(reach_of(lead_jam)):
        assert not Contributor.objects.exists()


def test_sent_again_the_name_is_still_there(sent, lead_chl):
    with scope(reach_of(lead_chl)):
        assert Submission.objects.get().answers.get(question="D1.1").contributors.count() == 1


def test_the_draft_says_who_to_the_liaison_and_keeps_versions(answered, lead_chl):
    with scope(reach_of(lead_chl)):
        item = WorkingCopy(answered.update, lead_chl).items["D1.1"]
        answer = GuestAnswer.objects.get(enquiry=answered, asked__question="D1.1")
        take_over(answer=answer, item=item, revision=0, by=lead_chl)
        with pytest.raises(Conflict):
            save_answer(item=item, content=Content(stage=1, text="older"), revision=0, by=lead_chl)
        with pytest.raises(Refused):
            keep_own(answer=answer, by=lead_chl)
