"""Sending: whole, once, by the lead liaison."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from capability.actions.saving import confirm
from capability.actions.sending import Incomplete, submit_update
from capability.drafts import Content
from capability.models import Answer, AnswerDecision, DraftAnswer, Submission, Update
from common.scope import PROGRAMME, reach_of, scope
from notices.models import Mail
from notices.sending import write
from review.actions import Refused
from tests.capability.filling import add_link, answer, copy_of, fill, make_threat_classes, send_form, url
from tests.factories.capability import make_round, make_submitted, make_update

KEY = uuid.UUID("0d1c4a52-5fd5-4f36-9f4e-25d1f1f7a3a1")


@pytest.fixture
def filled(update_chl, lead_chl, deputy_chl):
    make_threat_classes()
    fill(update_chl, by=deputy_chl)
    return update_chl


def send(update, by, key=KEY):
    with scope(reach_of(by)):
        return submit_update(update=Update.objects.get(pk=update.pk), key=key, by=by)


def returned(update, question, officer):
    """The last submission with `question` returned and everything else accepted, released."""
    with scope(PROGRAMME):
        submission = update.submissions.latest("number")
        for sent in submission.answers.all():
            AnswerDecision.objects.create(
                answer=sent,
                state_id=sent.state_id,
                verdict="return" if sent.question == question else "accept",
                comment="Attach the decree." if sent.question == question else "",
                by=officer,
                authors=submission.authors,
                is_released=True,
            )
        Update.objects.filter(pk=update.pk).update(status="returned")


def test_what_is_sent_is_a_locked_copy_of_every_answer(filled, lead_chl, deputy_chl, officer):
    add_link(filled, "D1.1", by=deputy_chl)

    submission = send(filled, lead_chl)

    with scope(PROGRAMME):
        assert submission.reference == f"CHL-{filled.round.slug}-1"
        assert sorted(submission.authors) == sorted([deputy_chl.pk, lead_chl.pk])
        assert submission.answers.count() == 27
        assert submission.answers.get(question="D1.1").evidence.count() == 1
        assert submission.answers.get(question="csirt").facts["name"] == "CSIRT-CL"
        assert Update.objects.get().status == "submitted"


def test_the_lead_gets_a_receipt_and_officers_hear_of_it(filled, lead_chl, officer, observer):
    send(filled, lead_chl)

    with scope(PROGRAMME):
        told = set(Mail.objects.values_list("kind", "person__name"))
    assert ("update sent", lead_chl.name) in told
    assert ("update waiting", officer.name) in told
    assert observer.name not in {name for _kind, name in told}


def test_the_same_key_is_the_same_submission(filled, lead_chl):
    assert send(filled, lead_chl) == send(filled, lead_chl)

    with scope(PROGRAMME):
        assert Submission.objects.count() == 1


def test_another_key_is_refused_with_a_sentence(filled, lead_chl):
    send(filled, lead_chl)

    with pytest.raises(Refused, match="already sent"):
        send(filled, lead_chl, key=uuid.uuid4())


def test_an_incomplete_update_is_not_sent_and_the_missing_answers_are_linked(update_chl, lead_chl, sign_in):
    make_threat_classes()
    answer(update_chl, "D1.1", Content(stage=2, text="So."), by=lead_chl)

    with pytest.raises(Incomplete) as refusal:
        send(update_chl, lead_chl)
    response = sign_in(lead_chl).post(url(update_chl, "send"), send_form())

    assert len(refusal.value.items) == 26
    assert response.status_code == 422
    assert url(update_chl, "policy-and-strategy") + "?open=D1.2#D1-2" in response.content.decode()
    with scope(PROGRAMME):
        assert not Submission.objects.exists()


def test_the_deputy_cannot_send_and_sees_who_can(filled, lead_chl, deputy_chl, sign_in):
    client = sign_in(deputy_chl)

    page = client.get(url(filled, "check")).content.decode()

    assert lead_chl.name in page
    assert url(filled, "send") not in page
    assert client.post(url(filled, "send"), send_form()).status_code == 403
    with scope(PROGRAMME):
        assert not Submission.objects.exists()


def test_the_lead_sends_from_the_page_and_gets_a_receipt(filled, lead_chl, sign_in):
    client = sign_in(lead_chl)
    assert url(filled, "send") in client.get(url(filled, "check")).content.decode()

    response = client.post(url(filled, "send"), send_form(), follow=True)

    assert response.redirect_chain[-1][0] == url(filled, "sent")
    assert f"CHL-{filled.round.slug}-1" in response.content.decode()


def test_pressing_the_button_again_leads_to_the_same_receipt(filled, lead_chl, sign_in):
    client, form = sign_in(lead_chl), send_form()
    client.post(url(filled, "send"), form)

    again = client.post(url(filled, "send"), form)

    assert again.headers["Location"] == url(filled, "sent")


def test_only_returned_answers_open_again(filled, lead_chl, deputy_chl, officer, sign_in):
    send(filled, lead_chl)
    returned(filled, "D1.1", officer)

    page = sign_in(deputy_chl).get(url(filled, "policy-and-strategy")).content.decode()

    assert "Attach the decree." in page
    assert 'name="D1-1-text"' in page
    assert 'value="open:D1.2"' not in page
    with pytest.raises(Refused, match="not returned"):
        answer(filled, "D1.2", Content(stage=5, text="Sneaked in."), by=deputy_chl)


def test_a_returned_answer_is_not_sent_back_as_it_was(filled, lead_chl, deputy_chl, officer, sign_in):
    send(filled, lead_chl)
    returned(filled, "D1.1", officer)

    with pytest.raises(Incomplete):
        send(filled, lead_chl, key=uuid.uuid4())
    answer(filled, "D1.1", Content(stage=2, text="Because of decree 7."), by=deputy_chl)
    second = send(filled, lead_chl, key=uuid.uuid4())

    with scope(PROGRAMME):
        first = Submission.objects.get(number=1)
        assert (second.number, second.answers.count()) == (2, 27)
        changed = [
            sent.question
            for sent in second.answers.all()
            if (sent.stage, sent.facts, sent.text)
            != Answer.objects.filter(submission=first, question=sent.question)
            .values_list("stage", "facts", "text")
            .get()
        ]
        assert changed == ["D1.1"]


def test_an_unchanged_answer_is_marked_against_the_last_accepted_one(edition, manager, chile, lead_chl):
    make_threat_classes()
    first = make_update(make_round(edition, by=manager, number=1), chile)
    fill(first, by=lead_chl)
    send(first, lead_chl)
    with scope(PROGRAMME):
        accept(first)
    second = make_update(make_round(edition, by=manager, number=2), chile)
    with scope(reach_of(lead_chl)):
        confirm(items=list(copy_of(second, lead_chl).items.values()), by=lead_chl)
    answer(second, "D2.2", Content(stage=1, text="It got worse."), by=lead_chl)

    submission = send(second, lead_chl, key=uuid.uuid4())

    with scope(PROGRAMME):
        assert [a.question for a in submission.answers.filter(is_changed=True)] == ["D2.2"]


def accept(update):
    Answer.objects.filter(update=update).update(is_accepted=True, is_current=True)
    Update.objects.filter(pk=update.pk).update(status="accepted", accepted_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_fifty_posts_of_one_key_at_once_are_one_submission(filled, lead_chl):
    def press(_number: int) -> int:
        try:
            return send(filled, lead_chl).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        sent = list(threads.map(press, range(50)))

    assert len(set(sent)) == 1
    with scope(PROGRAMME):
        assert Submission.objects.count() == 1
        assert Answer.objects.count() == 27
        assert Mail.objects.filter(kind="update sent").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_saving_at_once_lose_nothing(update_chl, lead_chl, deputy_chl):
    def save(person: object) -> str:
        try:
            answer(update_chl, "D1.1", Content(stage=2, text=f"From {person}."), by=person, revision=0)
            return "saved"
        except Exception as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        outcomes = sorted(threads.map(save, [lead_chl, deputy_chl]))

    assert outcomes == ["Conflict", "saved"]
    with scope(reach_of(lead_chl)):
        assert DraftAnswer.objects.count() == 1


def test_the_receipt_by_mail_names_the_reference_and_leads_to_the_page(filled, lead_chl):
    submission = send(filled, lead_chl)
    with scope(PROGRAMME):
        mail = Mail.objects.select_related("person").get(kind="update sent")

    message = write(mail)

    assert message.subject.startswith("Chile")
    assert submission.reference in message.body
    assert url(filled, "sent") in message.body
    assert "Because of" not in message.body


def test_a_deputy_is_refused_by_the_action_itself(update_chl, deputy_chl):
    with scope(reach_of(deputy_chl)), pytest.raises(Refused):
        submit_update(update=update_chl, key=uuid.uuid4(), by=deputy_chl)


def test_a_key_of_another_update_is_refused_with_a_sentence(update_chl, edition, manager, chile, lead_chl):
    before = make_update(make_round(edition, by=manager, year=2025), chile)
    sent = make_submitted(before, by=lead_chl)

    with scope(reach_of(lead_chl)), pytest.raises(Refused, match="another update"):
        submit_update(update=update_chl, key=sent.key, by=lead_chl)
