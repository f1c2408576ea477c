"""Hints name the row that caused them; earlier rounds stand beside the answer."""

import uuid

import pytest
from django.utils import timezone

from capability.hints import hints_of
from capability.models import Answer, Evidence, Submission, ThreatClass, Update
from common.scope import PROGRAMME, scope
from tests.factories.capability import four, make_accepted, make_round, make_submitted, make_update

REVIEW = "/states/chile/updates/2026-2/review/"


@pytest.fixture
def accepted_before(edition, manager, chile, lead_chl):
    return make_accepted(make_update(make_round(edition, by=manager, number=1, closed=True), chile), by=lead_chl)


@pytest.fixture
def sending(update_chl, lead_chl):
    """Sends one answer to D1.1 with links as proof."""

    def send(*links, stage, text="Quite other words", is_changed=True):
        sent = make_submitted(update_chl, by=lead_chl)
        with scope(PROGRAMME):
            again = Submission.objects.create(
                update_sent=update_chl,
                state_id=update_chl.state_id,
                key=uuid.uuid4(),
                number=2,
                submitted_by=lead_chl,
                authors=[lead_chl.pk],
            )
            answer = sent.answers.get(question="D1.1")
            answer.pk, answer.submission, answer.stage = None, again, stage
            answer.text, answer.is_changed = text, is_changed
            answer.save(force_insert=True)
            prove(answer, lead_chl, *links)
        return answer

    return send


def prove(answer, by, *links):
    for link in links:
        facts = {"title": link, "link": link, "added_by": by, "added_at": timezone.now()}
        Evidence.objects.create(answer=answer, state_id=answer.state_id, **facts)


def hints(answer, accepted_before=None):
    with scope(PROGRAMME):
        last = accepted_before.answers.get(question="D1.1") if accepted_before else None
        return [hint.anchor for hint in hints_of(answer, last)]


def test_a_rise_by_two(sending, accepted_before):
    assert hints(sending("https://gov.example/a", stage=4), accepted_before) == ["D1-1-stage"]


def test_a_rise_without_proof(sending, accepted_before):
    assert hints(sending(stage=3), accepted_before) == ["D1-1-proofs"]


@pytest.mark.parametrize("stage", [1, 3])
def test_a_move_in_the_same_words(sending, accepted_before, stage):
    answer = sending("https://gov.example/a", stage=stage, text=" chile D1.1 ")

    assert hints(answer, accepted_before) == ["D1-1-text"]


def test_a_link_that_is_not_secure_is_named_by_its_row(sending, accepted_before):
    answer = sending("https://gov.example/a", "http://gov.example/b", stage=3)

    assert hints(answer, accepted_before) == ["D1-1-proof-2"]
    assert hints(answer) == ["D1-1-proof-2"]


def test_proof_that_is_all_from_last_time(sending, accepted_before, lead_chl):
    with scope(PROGRAMME):
        prove(accepted_before.answers.get(question="D1.1"), lead_chl, "https://gov.example/a")

    assert hints(sending("https://gov.example/a", stage=3), accepted_before) == ["D1-1-proofs"]


def test_what_is_still_true_gives_no_hint(sending, accepted_before):
    assert hints(sending(stage=2, text="chile D1.1", is_changed=False), accepted_before) == []


def test_a_first_answer_is_compared_with_nothing(sending):
    assert hints(sending(stage=5)) == []


def test_every_hint_leads_to_a_row_of_the_page_and_is_counted(sign_in, officer, accepted_before, sending):
    sending("http://gov.example/a", stage=4, text="chile D1.1")
    client = sign_in(officer)

    page = client.get(REVIEW)

    words = page.content.decode()
    assert page.context["hints"] == 3
    for anchor in ("D1-1-stage", "D1-1-text", "D1-1-proof-1"):
        assert f'href="#{anchor}"' in words
        assert f'id="{anchor}"' in words
    assert "3 hints to look at" in words
    (row,) = client.get("/updates/").context["page"].object_list
    assert row.hints == 3


def test_three_earlier_rounds_stand_on_the_card_the_newest_first(
    sign_in, officer, manager, edition, chile, lead_chl, update_chl
):
    for number, stage in ((1, 5), (2, 1), (3, 2), (4, 3)):
        round = make_round(edition, by=manager, year=2025, number=number, closed=True)
        make_accepted(make_update(round, chile), by=lead_chl, stage=stage)
    make_submitted(update_chl, by=lead_chl)

    page = sign_in(officer).get(REVIEW)

    card = next(card for card in page.context["cards"] if card.question.code == "D1.1")
    assert [earlier.answer.stage for earlier in card.rounds] == [3, 2, 1]
    assert "Earlier rounds" in page.content.decode()


def test_facts_of_earlier_rounds_are_in_words(sign_in, officer, manager, edition, chile, lead_chl, update_chl):
    ThreatClass.objects.create(code="fraud", position=1, **four("name", "Fraud"), **four("help", "Fraud"))
    before = make_update(make_round(edition, by=manager, number=1, closed=True), chile)
    with scope(PROGRAMME):
        Answer.objects.create(
            update=before,
            state=chile,
            submission=Submission.objects.create(
                update_sent=before,
                state=chile,
                key=uuid.uuid4(),
                number=1,
                submitted_by=lead_chl,
                authors=[lead_chl.pk],
            ),
            question="threats",
            facts={"fraud": {"level": "high", "source": "Police"}},
            is_accepted=True,
            is_current=True,
        )
        Update.objects.filter(pk=before.pk).update(status="accepted", accepted_at=timezone.now())
    make_submitted(update_chl, by=lead_chl)

    words = sign_in(officer).get(REVIEW).content.decode()

    assert "High, Police" in words
