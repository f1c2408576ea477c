"""From decisions to the profile: returned answers reopen alone; only acceptance as a whole changes the profile."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from capability.actions.accepting import accept_update
from capability.actions.reviewing import accept_unchanged, decide, return_update
from capability.actions.sharing import set_sharing
from capability.models import (
    Answer,
    AnswerDecision,
    CsirtStatus,
    StrategyStatus,
    Submission,
    SupportRequest,
    ThreatClass,
    ThreatLevel,
    Update,
    UpdateMove,
)
from common.scope import NOTHING, PROGRAMME, reach_of, scope
from notices.models import Mail
from review.actions import Refused
from tests.factories.capability import four, make_accepted, make_round, make_submitted, make_update

FACTS = {
    "csirt": {"status": "operational", "name": "CSIRT de Muestra", "established": 2015, "answers_day_and_night": True},
    "strategy": {"step": "implementation", "in_force": True, "title": "Estrategia", "adopted": "2023-05"},
    "threats": {"fraud": {"level": "high", "trend": "rising", "source": "Police"}},
    "requests": {"2": "A course for prosecutors"},
}
REVIEW = "/states/chile/updates/2026-2/review/"


@pytest.fixture
def fraud(db):
    return ThreatClass.objects.create(code="fraud", position=1, **four("name", "Fraud"), **four("help", "Fraud"))


@pytest.fixture
def sent(update_chl, lead_chl):
    return make_submitted(update_chl, by=lead_chl, stage=3)


def decide_all(submission, by, but=None):
    """Accepts every answer, but returns those in `but` with a comment."""
    with scope(reach_of(by)):
        for answer in Answer.objects.filter(submission=submission).select_related("submission", "update"):
            verdict = "return" if answer.question in (but or ()) else "accept"
            decide(answer=answer, verdict=verdict, comment="Please say more." * (verdict == "return"), by=by, version=0)


def send_again(submission, by, **changed):
    """The same answers as `submission` again, but for the texts of `changed` (D1_1="…")."""
    update = submission.update_sent
    with scope(PROGRAMME):
        again = Submission.objects.create(
            update_sent=update,
            state_id=update.state_id,
            key=uuid.uuid4(),
            number=submission.number + 1,
            submitted_by=by,
            authors=[by.pk],
        )
        answers = list(submission.answers.all())
        for answer in answers:
            answer.pk, answer.submission = None, again
            answer.text = changed.get(answer.question.replace(".", "_"), answer.text)
        Answer.objects.bulk_create(answers)
        Update.objects.filter(pk=update.pk).update(status="submitted")
    return again


def status_of(update):
    with scope(PROGRAMME):
        return Update.objects.get(pk=update.pk).status


def test_acceptance_changes_the_profile_and_only_then(officer, lead_chl, update_chl, sent):
    decide_all(sent, officer)
    with scope(PROGRAMME):
        assert not Answer.objects.current().exists()

    with scope(reach_of(officer)):
        accept_update(update=update_chl, by=officer)

    with scope(PROGRAMME):
        assert Answer.objects.current().filter(submission=sent, is_accepted=True).count() == 27
        update = Update.objects.get()
        assert (update.status, update.accepted_at is not None, update.audience) == ("accepted", True, "programme")
        assert not AnswerDecision.objects.filter(is_released=False).exists()
        assert Mail.objects.filter(kind="update accepted").values_list("person", flat=True).get() == lead_chl.pk


def test_the_profile_before_gives_way_to_the_new_one(officer, manager, edition, chile, lead_chl, update_chl):
    before = make_accepted(make_update(make_round(edition, by=manager, number=1, closed=True), chile), by=lead_chl)
    sent = make_submitted(update_chl, by=lead_chl, stage=4)
    decide_all(sent, officer)

    with scope(reach_of(officer)):
        accept_update(update=update_chl, by=officer)

    with scope(PROGRAMME):
        assert set(Answer.objects.current().values_list("submission", flat=True)) == {sent.pk}
        assert Answer.objects.filter(submission=before, is_accepted=True, is_current=False).count() == 27


def test_the_facts_of_the_four_sections_are_written(officer, lead_chl, chile, update_chl, fraud):
    with scope(PROGRAMME):
        CsirtStatus.objects.create(state=chile, status="planned")
        StrategyStatus.objects.create(state=chile, step="drafting")
    sent = _sent_with_facts(update_chl, lead_chl)
    decide_all(sent, officer)

    with scope(reach_of(officer)):
        accept_update(update=update_chl, by=officer)

    with scope(PROGRAMME):
        csirt, strategy = CsirtStatus.objects.current().get(), StrategyStatus.objects.current().get()
        assert (csirt.status, csirt.established, csirt.answers_day_and_night, csirt.update) == (
            "operational",
            2015,
            True,
            update_chl,
        )
        assert (strategy.step, strategy.in_force, strategy.adopted, strategy.audience) == (
            "implementation",
            True,
            "2023-05",
            "programme",
        )
        threat, request = ThreatLevel.objects.get(), SupportRequest.objects.get()
        assert (threat.threat, threat.level, threat.trend, threat.source_note) == (fraud, "high", "rising", "Police")
        assert (request.point, request.need, request.answer) == (2, "A course for prosecutors", "new")
        assert CsirtStatus.objects.count() == 2


def _sent_with_facts(update, by):
    """Answers are written once, so they are made with their facts."""
    with scope(PROGRAMME):
        sent = Submission.objects.create(
            update_sent=update,
            state_id=update.state_id,
            key=uuid.uuid4(),
            number=1,
            submitted_by=by,
            authors=[by.pk],
        )
        Answer.objects.bulk_create(
            Answer(submission=sent, update=update, state_id=update.state_id, question=question, facts=facts)
            for question, facts in FACTS.items()
        )
        Update.objects.filter(pk=update.pk).update(status="submitted")
    return sent


def test_everything_must_be_decided_first(officer, sent, update_chl):
    with scope(reach_of(officer)):
        for act in (return_update, accept_update):
            with pytest.raises(Refused, match="27 answers are not decided yet"):
                act(update=update_chl, by=officer)
    assert status_of(update_chl) == "submitted"


def test_an_update_with_an_answer_to_return_is_not_accepted(officer, sent, update_chl):
    decide_all(sent, officer, but=["D1.1"])

    with scope(reach_of(officer)), pytest.raises(Refused, match="cannot be accepted as a whole"):
        accept_update(update=update_chl, by=officer)
    with scope(PROGRAMME):
        assert not AnswerDecision.objects.filter(is_released=True).exists()


def test_nothing_to_return_is_said(officer, sent, update_chl):
    decide_all(sent, officer)

    with scope(reach_of(officer)), pytest.raises(Refused, match="No answer is to be returned"):
        return_update(update=update_chl, by=officer)


def test_decisions_reach_the_state_together(officer, lead_chl, sent, update_chl):
    decide_all(sent, officer, but=["D1.1"])
    with scope(reach_of(lead_chl)):
        assert not AnswerDecision.objects.visible_to(lead_chl).exists()
        assert not AnswerDecision.objects.exists()

    with scope(reach_of(officer)):
        return_update(update=update_chl, by=officer)

    with scope(reach_of(lead_chl)):
        decisions = AnswerDecision.objects.visible_to(lead_chl)
        assert decisions.count() == 27
        assert decisions.get(verdict="return").comment == "Please say more."
    with scope(PROGRAMME):
        move = UpdateMove.objects.get()
        assert (move.status_before, move.status_after, move.by) == ("submitted", "returned", officer)
        assert Mail.objects.filter(kind="update returned", object_id=sent.pk, person=lead_chl).count() == 1


def test_what_was_accepted_and_comes_back_unchanged_stays_accepted(
    sign_in, officer, second_officer, lead_chl, sent, update_chl
):
    decide_all(sent, officer, but=["D1.1"])
    with scope(reach_of(officer)):
        return_update(update=update_chl, by=officer)
    again = send_again(sent, lead_chl, D1_1="With the agencies named.")

    page = sign_in(second_officer).get(REVIEW)
    assert (page.context["left"], page.context["accepted"]) == (1, 26)
    (card,) = page.context["changed"]
    assert (card.question.code, card.asked.comment) == ("D1.1", "Please say more.")

    with scope(reach_of(second_officer)):
        answer = Answer.objects.select_related("submission", "update").get(submission=again, question="D1.1")
        decide(answer=answer, verdict="accept", comment="", by=second_officer, version=0)
        accept_update(update=update_chl, by=second_officer)
    with scope(PROGRAMME):
        assert AnswerDecision.objects.filter(answer__submission=again, is_released=True).count() == 27
        assert Answer.objects.current().get(question="D1.1").text == "With the agencies named."


def test_what_was_accepted_but_changed_is_decided_again(sign_in, officer, lead_chl, sent, update_chl):
    decide_all(sent, officer, but=["D1.1"])
    with scope(reach_of(officer)):
        return_update(update=update_chl, by=officer)
    send_again(sent, lead_chl, D2_1="Changed after all.")

    page = sign_in(officer).get(REVIEW)

    assert [card.question.code for card in page.context["cards"] if not card.verdict] == ["D1.1", "D2.1"]


def test_unchanged_answers_are_accepted_at_once(sign_in, officer, sent, update_chl, lead_chl):
    with scope(PROGRAMME):
        again = Submission.objects.create(
            update_sent=update_chl,
            state_id=update_chl.state_id,
            key=uuid.uuid4(),
            number=2,
            submitted_by=lead_chl,
            authors=[lead_chl.pk],
        )
        answers = list(sent.answers.all())
        for answer in answers:
            answer.pk, answer.submission, answer.is_changed = None, again, answer.question == "D1.1"
        Answer.objects.bulk_create(answers)

    response = sign_in(officer).post(f"{REVIEW}unchanged/")

    assert response.status_code == 302
    with scope(PROGRAMME):
        assert AnswerDecision.objects.filter(verdict="accept", by=officer).count() == 26
        assert accept_unchanged(update=update_chl, by=officer) == 0


def test_the_buttons_do_it(sign_in, officer, sent, update_chl):
    client = sign_in(officer)
    refused = client.post(f"{REVIEW}accept/", follow=True)
    assert "27 answers are not decided yet" in refused.content.decode()

    decide_all(sent, officer)
    accepted = client.post(f"{REVIEW}accept/", follow=True)

    assert "The update of Chile is accepted" in accepted.content.decode()
    assert status_of(update_chl) == "accepted"


def test_the_second_button_press_is_told(sign_in, officer, sent, update_chl):
    decide_all(sent, officer)
    client = sign_in(officer)
    client.post(f"{REVIEW}accept/")

    again = client.post(f"{REVIEW}accept/", follow=True)

    assert "not waiting for review any more" in again.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("race", range(3))
def test_two_who_accept_at_once_accept_once(race, officer, second_officer, sent, update_chl):
    decide_all(sent, officer)
    start = Barrier(2)

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(_accept, start, update_chl, person) for person in (officer, second_officer)]
        outcomes = sorted(future.result(timeout=90) for future in both)

    assert outcomes == ["accepted", "told"]
    with scope(PROGRAMME):
        assert UpdateMove.objects.count() == 1
        assert Answer.objects.current().count() == 27


def _accept(start, update, person):
    try:
        with scope(reach_of(person)):
            start.wait(60)
            accept_update(update=update, by=person)
        return "accepted"
    except Refused:
        return "told"
    finally:
        connection.close()


# Sharing


def test_sharing_holds_for_what_was_accepted_at_once(officer, lead_chl, lead_jam, update_chl, chile, fraud):
    sent = _sent_with_facts(update_chl, lead_chl)
    decide_all(sent, officer)
    with scope(reach_of(officer)):
        accept_update(update=update_chl, by=officer)
    with scope(reach_of(lead_jam)):
        assert not Answer.objects.exists()

    for sharing, others, public in (("states", 4, 0), ("public", 4, 4), ("programme", 0, 0)):
        with scope(reach_of(lead_chl)):
            set_sharing(state=chile, sharing=sharing, by=lead_chl)
        with scope(reach_of(lead_jam)):
            assert Answer.objects.count() == others
            assert CsirtStatus.objects.count() == bool(others)
        with scope(NOTHING):
            assert Answer.objects.count() == public


def test_the_published_baseline_stays_public(lead_chl, chile, edition):
    with scope(PROGRAMME):
        baseline = Update.objects.create(
            state=chile, edition=edition, status="accepted", accepted_at="2016-03-14T00:00Z", audience="public"
        )
        Answer.objects.create(update=baseline, state=chile, question="1", is_accepted=True, audience="public")

    with scope(reach_of(lead_chl)):
        set_sharing(state=chile, sharing="programme", by=lead_chl)

    with scope(NOTHING):
        assert Answer.objects.count() == Update.objects.count() == 1


def test_the_lead_alone_sets_sharing(sign_in, lead_chl, deputy_chl, lead_jam, officer, chile):
    for person, status in ((deputy_chl, 403), (lead_jam, 403), (officer, 403), (lead_chl, 200)):
        response = sign_in(person).post("/states/chile/sharing/", {"sharing": "states"})
        assert response.status_code == status, person
    assert sign_in(lead_chl).post("/states/chile/sharing/", {"sharing": "all"}).status_code == 422
