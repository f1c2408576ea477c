"""Assignments, second opinions and notes: among the programme's staff, and nobody else."""

import pytest
from django.db import DatabaseError, connection

from accounts.models import AuditEntry
from capability.actions.discussing import ask_opinion, assign_reviewer, give_opinion, write_note
from capability.actions.reviewing import decide
from capability.models import Answer, AnswerDecision, ReviewAssignment, ReviewNote, SecondOpinion, Update
from common.scope import PROGRAMME, Reach, reach_of, scope
from notices.models import Mail
from notices.sending import write
from review.actions import Refused
from tests.factories.capability import make_submitted
from tests.factories.member_states import make_liaison

REVIEW = "/states/chile/updates/2026-2/review/"


@pytest.fixture
def sent(update_chl, lead_chl):
    return make_submitted(update_chl, by=lead_chl)


@pytest.fixture
def answer(sent):
    with scope(PROGRAMME):
        return Answer.objects.select_related("update__state", "submission").get(submission=sent, question="D1.1")


def mails_of(kind):
    with scope(PROGRAMME):
        return [(mail.person, write(mail)) for mail in Mail.objects.filter(kind=kind).select_related("person")]


# Assignment -----------------------------------------------------------------------------------------------------------


def test_taken_then_given_keeps_the_history(sign_in, officer, second_officer, sent, update_chl):
    client = sign_in(officer)
    client.post(f"{REVIEW}assign/", {"person": officer.pk})
    client.post(f"{REVIEW}assign/", {"person": second_officer.pk})

    page = client.get(REVIEW)

    given = page.context["discussion"].assignments
    assert [(one.person, one.by, one.ended_at is None) for one in given] == [
        (second_officer, officer, True),
        (officer, officer, False),
    ]
    assert "Reviewer: Oscar Segundo" in page.content.decode()
    ((person, message),) = mails_of("review assigned")
    assert (person, message.subject) == (
        second_officer,
        "Chile: update given to you to review, Second update of 2026",
    )


def test_given_twice_to_the_same_is_once(officer, second_officer, sent, update_chl):
    with scope(reach_of(officer)):
        first = assign_reviewer(update=update_chl, person=second_officer, by=officer)
        assert assign_reviewer(update=update_chl, person=second_officer, by=officer) == first
        assert ReviewAssignment.objects.count() == 1


def test_nobody_gets_an_update_they_may_not_review(officer, observer, manager, update_chl):
    make_submitted(update_chl, by=manager)
    with scope(reach_of(officer)):
        for person in (observer, manager):
            with pytest.raises(Refused, match="may not review this update"):
                assign_reviewer(update=update_chl, person=person, by=officer)


def test_the_inbox_shows_mine(sign_in, officer, second_officer, sent, update_chl, update_jam, lead_jam):
    make_submitted(update_jam, by=lead_jam)
    with scope(reach_of(officer)):
        assign_reviewer(update=update_chl, person=officer, by=officer)
    client = sign_in(officer)

    found = {
        whose: [row.state.slug for row in client.get(f"/updates/?reviewer={whose}").context["page"].object_list]
        for whose in ("", "me", "nobody")
    }

    assert found == {"": ["chile", "jamaica"], "me": ["chile"], "nobody": ["jamaica"]}
    assert sign_in(second_officer).get("/updates/?reviewer=me").context["waiting"] == 0


# Second opinion -------------------------------------------------------------------------------------------------------


def test_asked_and_given(sign_in, officer, second_officer, answer):
    client = sign_in(officer)
    client.post(f"{REVIEW}1/D1.1/opinion/", {"person": second_officer.pk, "asked": "Is the law in force?"})
    ((person, message),) = mails_of("second opinion asked")
    assert (person, message.subject) == (second_officer, "Chile: your opinion is asked, Second update of 2026")
    assert "Is the law in force?" not in message.body

    client = sign_in(second_officer)
    assert "Your opinion" in client.get(REVIEW).content.decode()
    with scope(PROGRAMME):
        opinion = SecondOpinion.objects.get()
    client.post(f"{REVIEW}opinions/{opinion.pk}/", {"text": "It is, since May."})

    assert "It is, since May." in sign_in(officer).get(REVIEW).content.decode()
    ((person, message),) = mails_of("second opinion given")
    assert (person, message.subject) == (officer, "Chile: second opinion given, Second update of 2026")
    assert mails_of("second opinion asked") == [(second_officer, None)]


def test_it_is_given_once_and_by_whoever_was_asked(officer, second_officer, manager, answer):
    with scope(reach_of(officer)):
        opinion = ask_opinion(answer=answer, colleague=second_officer, asked="", by=officer)
        with pytest.raises(Refused, match="was asked already"):
            ask_opinion(answer=answer, colleague=second_officer, asked="", by=officer)
        with pytest.raises(Refused, match="somebody else"):
            ask_opinion(answer=answer, colleague=officer, asked="", by=officer)
        with pytest.raises(Refused, match="Somebody else was asked"):
            give_opinion(opinion=opinion, text="Mine", by=manager)
        give_opinion(opinion=opinion, text="Yes", by=second_officer)
        with pytest.raises(Refused, match="already"):
            give_opinion(opinion=opinion, text="No", by=second_officer)


# Notes ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["", "D1.1"])
def test_a_note_is_read_by_staff(sign_in, officer, observer, sent, question):
    answered = sign_in(officer).post(f"{REVIEW}notes/", {"question": question, "text": "CANARY <b>note</b>"})

    assert answered.status_code == 302
    words = sign_in(observer).get(REVIEW).content.decode()
    assert "CANARY &lt;b&gt;note&lt;/b&gt;" in words
    assert 'name="text"' not in words


def test_an_empty_note_is_told(sign_in, officer, sent):
    page = sign_in(officer).post(f"{REVIEW}notes/", {"question": "D1.1", "text": " "}, follow=True)

    assert "Write something first." in page.content.decode()


def test_states_never_see_any_of_it(sign_in, officer, second_officer, lead_chl, answer, sent, update_chl):
    with scope(reach_of(officer)):
        write_note(update=update_chl, question="D1.1", text="CANARY", by=officer)
        opinion = ask_opinion(answer=answer, colleague=second_officer, asked="CANARY", by=officer)
        give_opinion(opinion=opinion, text="CANARY", by=second_officer)
        assign_reviewer(update=update_chl, person=officer, by=officer)
    make_accepted_again(update_chl, sent)

    client = sign_in(lead_chl)
    for path in ("", "submissions/1/"):
        assert "CANARY" not in client.get(f"/states/chile/updates/2026-2/{path}").content.decode()
    with scope(reach_of(lead_chl)):
        for model in (ReviewNote, SecondOpinion, ReviewAssignment):
            assert not model.objects.exists(), "the wall"
            assert not model.objects.visible_to(lead_chl).exists(), "the queryset"
        assert not AuditEntry.objects.filter(model__in=LABELS).exists()
    with scope(reach_of(officer)):
        assert set(AuditEntry.objects.filter(model__in=LABELS).values_list("model", flat=True)) == set(LABELS)


LABELS = ("capability.reviewnote", "capability.secondopinion", "capability.reviewassignment")


def make_accepted_again(update, submission):
    with scope(PROGRAMME):
        submission.answers.update(is_accepted=True, is_current=True, audience="public")
        Update.objects.filter(pk=update.pk).update(audience="public")


def test_a_colleague_who_speaks_for_the_state_reads_nothing_of_it(officer, second_officer, chile, sent, update_chl):
    with scope(reach_of(officer)):
        write_note(update=update_chl, question="", text="CANARY", by=officer)
    both = Reach(states=(chile.pk,), person=second_officer.pk, staff=True)
    with scope(both):
        assert not ReviewNote.objects.exists()


def test_a_liaison_who_is_an_officer_may_not_discuss(sign_in, officer, chile, sent):
    make_liaison("Nobody", chile)
    with scope(PROGRAMME):
        officer.liaisons.create(state=chile, kind="deputy", starts_on="2020-01-01")

    assert sign_in(officer).post(f"{REVIEW}notes/", {"text": "A note"}).status_code == 403


def test_notes_are_written_once(officer, sent, update_chl):
    with scope(reach_of(officer)):
        note = write_note(update=update_chl, question="", text="A note", by=officer)
    with pytest.raises(DatabaseError, match="written once"), scope(PROGRAMME):
        ReviewNote.objects.filter(pk=note.pk).update(text="Another")


def test_the_wall_takes_no_note_from_a_state(update_chl, lead_chl):
    row = [update_chl.pk, update_chl.state_id, lead_chl.pk]
    insert = (
        "INSERT INTO capability_reviewnote (update_noted_id, state_id, question, text, by_id, at)"
        " VALUES (%s, %s, '', 'x', %s, now())"
    )
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        scope(reach_of(lead_chl)),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert, row)


@pytest.mark.parametrize("path", ["assign/", "notes/", "1/D1.1/opinion/", "opinions/1/"])
@pytest.mark.parametrize(
    ("role", "status"), [("observer", 403), ("lead_chl", 403), ("lead_jam", 404), ("outsider", 404), ("admin", 404)]
)
def test_only_officers_discuss(sign_in, request, sent, role, status, path):
    assert sign_in(request.getfixturevalue(role)).post(REVIEW + path).status_code == status


# Keys -----------------------------------------------------------------------------------------------------------------


def test_the_keys_are_switched_off_from_the_page(sign_in, officer, sent):
    client = sign_in(officer)
    assert "review_keys" in client.get(REVIEW).content.decode()

    answered = client.post("/profile/shortcuts/", {"shortcuts": "off", "next": REVIEW})

    assert answered.headers["Location"] == REVIEW
    words = client.get(REVIEW).content.decode()
    assert "review_keys" not in words
    assert "Switch the keys on" in words


# Decisions that are not released --------------------------------------------------------------------------------------


@pytest.fixture
def decided(officer, answer):
    with scope(reach_of(officer)):
        decide(answer=answer, verdict="return", comment="CANARY", by=officer, version=0)


def test_an_observer_who_speaks_for_the_state_waits_for_its_decisions(sign_in, observer, officer, chile, sent, decided):
    with scope(PROGRAMME):
        observer.liaisons.create(state=chile, kind="deputy", starts_on="2020-01-01")

    client = sign_in(observer)
    for path in ("review/", "history/", "submissions/1/"):
        page = client.get(f"/states/chile/updates/2026-2/{path}")
        assert (page.status_code, "CANARY" in page.content.decode()) == (200, False), path
    with scope(Reach(states=(chile.pk,), person=observer.pk, staff=True)):
        assert not AnswerDecision.objects.exists(), "the wall"
        assert not AuditEntry.objects.filter(model="capability.answerdecision").exists(), "the wall of the trail"
    with scope(reach_of(officer)):
        assert AnswerDecision.objects.visible_to(officer).get().comment == "CANARY"
        assert AuditEntry.objects.visible_to(officer).filter(model="capability.answerdecision").exists()


def test_the_trail_of_the_state_does_not_tell_them(lead_chl, decided):
    with scope(reach_of(lead_chl)):
        assert AuditEntry.objects.visible_to(lead_chl).exists()
        assert not AuditEntry.objects.visible_to(lead_chl).filter(model="capability.answerdecision").exists()
        assert not AuditEntry.objects.filter(model="capability.answerdecision").exists(), "the wall"


def test_nobody_decides_for_the_state_they_speak_for(officer, chile, answer):
    with scope(Reach(states=(chile.pk,), person=officer.pk, staff=True)), pytest.raises(DatabaseError):
        decide(answer=answer, verdict="accept", comment="", by=officer, version=0)
