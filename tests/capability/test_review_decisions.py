"""Deciding answer by answer: what is refused, and who wins when two decide at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from capability.actions.reviewing import DecidedMeanwhile, decide
from capability.models import Answer, AnswerDecision, Submission
from common.scope import PROGRAMME, reach_of, scope
from review.actions import Refused
from tests.factories.capability import make_accepted, make_submitted

SAVE = "/states/chile/updates/2026-2/review/1/D1.1/"
REVIEW = "/states/chile/updates/2026-2/review/"


@pytest.fixture
def sent(update_chl, lead_chl):
    return make_submitted(update_chl, by=lead_chl)


def answer_to(question, submission):
    return Answer.objects.select_related("submission", "update").get(submission=submission, question=question)


def post(client, version=0, verdict="accept", comment="", **headers):
    return client.post(SAVE, {"verdict": verdict, "comment": comment, "version": version}, headers=headers)


def write_decision(submission, **facts):
    """Past every action, straight into the table."""
    with scope(PROGRAMME), transaction.atomic():
        answer = answer_to("D1.1", submission)
        AnswerDecision.objects.create(answer=answer, state_id=answer.state_id, **facts)


def standing():
    with scope(PROGRAMME):
        return list(AnswerDecision.objects.values_list("verdict", "comment", "by__name", "version", "is_released"))


def test_a_decision_is_saved_and_not_released(sign_in, officer, sent):
    response = post(sign_in(officer))

    assert (response.status_code, response["Location"]) == (302, f"{REVIEW}#answer-D1-1")
    assert standing() == [("accept", "", "Ana Ejemplo", 1, False)]


def test_a_return_needs_a_comment(sign_in, officer, sent):
    response = post(sign_in(officer), verdict="return", comment="   ")

    assert response.status_code == 422
    assert "a returned answer needs a comment" in response.content.decode()
    assert standing() == []
    with pytest.raises(IntegrityError, match="return_has_comment"):
        write_decision(sent, verdict="return", by=officer, authors=sent.authors)


def test_the_same_decision_sent_twice_is_one(sign_in, officer, sent):
    client = sign_in(officer)

    assert [post(client).status_code, post(client).status_code] == [302, 302]
    assert standing() == [("accept", "", "Ana Ejemplo", 1, False)]


def test_a_decision_may_be_changed_knowingly(sign_in, officer, second_officer, sent):
    post(sign_in(officer))

    response = post(sign_in(second_officer), version=1, verdict="return", comment="Which agency?")

    assert response.status_code == 302
    assert standing() == [("return", "Which agency?", "Oscar Segundo", 2, False)]


def test_the_second_of_two_is_told_whose_decision_stands(sign_in, officer, second_officer, sent):
    post(sign_in(officer), verdict="return", comment="Which agency?")

    response = post(sign_in(second_officer))

    words = response.content.decode()
    assert response.status_code == 409
    assert "Ana Ejemplo has decided this answer meanwhile." in words
    assert "Which agency?" in words
    assert 'id="D1-1-version" value="1"' in words
    assert standing() == [("return", "Which agency?", "Ana Ejemplo", 1, False)]


def test_htmx_gets_only_what_changed(sign_in, officer, second_officer, sent):
    client = sign_in(officer)

    saved = post(client, **{"hx-request": "true"}).content.decode()
    assert "<html" not in saved
    assert 'id="D1-1-version" value="1" hx-swap-oob="true"' in saved
    assert 'id="bar" hx-swap-oob="true"' in saved

    refused = post(sign_in(second_officer), verdict="return", comment="No", **{"hx-request": "true"})
    assert (refused.status_code, refused["HX-Retarget"], refused["HX-Reswap"]) == (409, "#answer-D1-1", "outerHTML")


def test_nobody_reviews_what_they_wrote(sign_in, officer, sent, update_chl):
    with scope(PROGRAMME):
        Submission.objects.create(
            update_sent=update_chl,
            state_id=update_chl.state_id,
            key="00000000-0000-0000-0000-000000000001",
            number=2,
            submitted_by=officer,
            authors=[officer.pk],
        )

    assert post(sign_in(officer)).status_code == 403
    assert standing() == []


def test_the_database_refuses_it_too(officer, sent):
    with pytest.raises(IntegrityError, match="nobody_reviews_own_answers"):
        write_decision(sent, verdict="accept", by=officer, authors=[officer.pk])


def test_an_old_answer_cannot_be_decided(officer, sent, update_chl, lead_chl):
    make_submitted(update_chl, by=lead_chl, number=2)

    with scope(reach_of(officer)), pytest.raises(Refused, match="newer answer"):
        decide(answer=answer_to("D1.1", sent), verdict="accept", comment="", by=officer, version=0)


def test_what_is_accepted_cannot_be_decided(sign_in, officer, update_chl, lead_chl):
    make_accepted(update_chl, by=lead_chl)

    response = sign_in(officer).post(SAVE, {"verdict": "accept", "version": 0}, follow=True)

    assert "not waiting for review any more" in response.content.decode()
    assert standing() == []


def test_what_was_sent_and_decided_of_is_locked(sent):
    for statement in (
        "UPDATE capability_answer SET stage = 5",
        "UPDATE capability_submission SET number = 9",
        "DELETE FROM capability_answer",
    ):
        with (
            pytest.raises(DatabaseError, match="written once"),
            scope(PROGRAMME),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize("role", ["observer", "admin", "lead_chl", "deputy_chl", "lead_jam", "outsider"])
def test_only_officers_decide(sign_in, request, sent, role):
    expected = 404 if role in ("admin", "lead_jam", "outsider") else 403

    assert post(sign_in(request.getfixturevalue(role))).status_code == expected
    assert standing() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("races", [100])
def test_two_reviewers_racing_give_one_decision_each(races, officer, second_officer, sent):
    """Each race is one answer, decided by both at the same moment: one wins, the other learns whose it is."""
    with scope(PROGRAMME):
        questions = list(sent.answers.values_list("question", flat=True))
    outcomes = []
    with ThreadPoolExecutor(2) as pool:
        for race in range(races):
            question, version = questions[race % len(questions)], race // len(questions)
            start = Barrier(2)
            both = [
                pool.submit(_race, start, sent, question, person, f"{person.pk} in race {race}", version)
                for person in (officer, second_officer)
            ]
            outcomes.append(sorted(future.result(timeout=90) for future in both))

    assert outcomes == [["lost", "won"]] * races
    with scope(PROGRAMME):
        assert AnswerDecision.objects.count() == min(races, len(questions))


def _race(start, submission, question, person, comment, version):
    try:
        with scope(reach_of(person)):
            answer = answer_to(question, submission)
            start.wait(60)
            decide(answer=answer, verdict="return", comment=comment, by=person, version=version)
        return "won"
    except DecidedMeanwhile as meanwhile:
        return "lost" if meanwhile.decision.by_id != person.pk else "told wrongly"
    finally:
        connection.close()
