"""The leg of the guest reaches one enquiry: read what was asked, write what is answered, and nothing else."""

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, transaction

from capability.models import Answer, DraftAnswer, DraftContributor, Update
from common.holes import walled_models
from common.scope import NOTHING, PROGRAMME, Reach, reach_of, scope
from documents.models import File
from ministry_desk.guests import Guest
from ministry_desk.models import AskedQuestion, Enquiry, GuestAnswer, GuestProof, Letter
from tests.factories.capability import make_accepted, make_draft, make_round, make_submitted, make_update
from tests.factories.ministry_desk import as_guest, make_enquiry

pytestmark = pytest.mark.django_db
OURS = {Enquiry, AskedQuestion, GuestAnswer, GuestProof}


@pytest.fixture
def full(update_chl, lead_chl, edition, manager, chile):
    """A state with rows of all kinds beside the enquiry."""
    make_draft(update_chl, "D1.1", by=lead_chl, text="our own words")
    make_submitted(make_update(make_round(edition, by=manager, year=2025), chile), by=lead_chl)
    make_accepted(make_update(make_round(edition, by=manager, year=2024), chile), by=lead_chl, audience="states")
    with scope(reach_of(lead_chl)):
        file = File(state_id=chile.pk, name="x", media_type="x", size=1, sha256="0", uploaded_by=lead_chl)
        file.content.save("x", ContentFile(b"x"), save=False)
        file.save()
    return make_enquiry(update_chl, by=lead_chl), make_enquiry(update_chl, "D2.1", by=lead_chl)


def test_the_guest_sees_one_enquiry_and_of_every_other_table_what_anybody_sees(full):
    mine, _other = full
    for model in walled_models():
        with scope(NOTHING):
            public = set(model._base_manager.values_list("pk", flat=True))
        with scope(as_guest(mine)):
            seen = set(model._base_manager.values_list("pk", flat=True))
        if model not in OURS:
            assert seen == public, model._meta.label
    with scope(as_guest(mine)):
        assert [enquiry.pk for enquiry in Enquiry.objects.all()] == [mine.pk]
        assert {answer.enquiry_id for answer in GuestAnswer.objects.all()} == {mine.pk}
        assert AskedQuestion.objects.count() == GuestAnswer.objects.count() == 2


def test_what_is_shared_with_states_is_not_the_guests(full):
    with scope(as_guest(full[0])):
        assert not Answer.objects.exists()
        assert not Update.objects.exists()
        assert not DraftAnswer.objects.exists()


def test_the_guest_writes_the_own_answers_alone(full):
    mine, other = full
    with scope(as_guest(mine)):
        assert GuestAnswer.objects.update(text="mine") == 2
        assert Enquiry.objects.update(message="changed") == 0
        assert Enquiry.objects.all()._raw_delete("default") == 0
    with scope(Reach(states=(mine.state_id,))):
        assert set(GuestAnswer.objects.filter(enquiry=other).values_list("text", flat=True)) == {""}


def test_sent_answers_are_closed_to_the_guest(full):
    with scope(as_guest(full[0])):
        GuestAnswer.objects.update(sent_at="2026-01-01T00:00Z")
        assert GuestAnswer.objects.update(text="later") == 0


@pytest.mark.parametrize("column", [{"settled_at": "2026-01-01T00:00Z"}, {"is_taken": True}])
def test_the_guest_cannot_settle(full, column):
    with pytest.raises(DatabaseError, match="row-level security"), scope(as_guest(full[0])):
        GuestAnswer.objects.update(**column)


def test_the_guest_moves_no_answer_into_another_enquiry(full):
    mine, other = full
    with pytest.raises(DatabaseError), scope(as_guest(mine)):
        GuestAnswer.objects.update(enquiry=other)


def test_the_guest_answers_no_question_that_was_not_asked_of_them(full):
    mine, other = full
    with scope(Reach(states=(mine.state_id,))):
        foreign = AskedQuestion.objects.filter(enquiry=other).get()
    with pytest.raises(IntegrityError), scope(as_guest(mine)):
        GuestAnswer.objects.create(asked_id=foreign.pk, enquiry=mine, state_id=mine.state_id)


def test_the_guest_attaches_to_no_other_answer(full):
    mine, other = full
    with scope(Reach(states=(mine.state_id,))):
        foreign = GuestAnswer.objects.get(enquiry=other)
    link = {"title": "x", "link": "https://www.example.org", "added_at": mine.asked_at}
    with pytest.raises(DatabaseError, match="row-level security"), scope(as_guest(mine)):
        GuestProof.objects.create(answer_id=foreign.pk, enquiry=mine, state_id=mine.state_id, **link)


@pytest.mark.parametrize("wrong", ["state", "guest", "sent", "person"])
def test_the_guest_brings_files_of_the_own_enquiry_alone(full, jamaica, lead_chl, wrong):
    mine, other = full
    given = {"state_id": mine.state_id, "guest_id": mine.pk, "is_sent": False, "uploaded_by": None}
    given |= {
        "state": {"state_id": jamaica.pk},
        "guest": {"guest_id": other.pk},
        "sent": {"is_sent": True},
        "person": {"uploaded_by": lead_chl},
    }[wrong]
    with pytest.raises(DatabaseError), scope(as_guest(mine)), transaction.atomic():
        File.objects.create(name="x", media_type="x", size=1, sha256="0", content="x", **given)


def test_a_liaison_of_another_state_sees_nothing_of_it(full, lead_jam):
    with scope(reach_of(lead_jam)):
        assert not any(model._base_manager.exists() for model in OURS)


def test_no_leg_no_enquiry(full):
    with scope(NOTHING):
        assert not any(model._base_manager.exists() for model in OURS)
    with scope(Reach(guest=987654321)):
        assert not any(model._base_manager.exists() for model in OURS)


def test_the_first_wall_says_the_same_as_the_second(full, chile):
    """What ``visible_to`` lets a guest see is what the database shows them."""
    mine, _other = full
    guest = Guest(Letter(enquiry=mine))
    for model in walled_models():
        let_through = set()
        for reach in (PROGRAMME, Reach(states=(chile.pk,))):
            with scope(reach):
                let_through |= set(model.objects.visible_to(guest).values_list("pk", flat=True))
        with scope(guest.reach):
            assert let_through == set(model._base_manager.values_list("pk", flat=True)), model._meta.label


def proof_of(enquiry, **facts):
    answer = GuestAnswer.objects.filter(enquiry=enquiry).first()
    given = {"title": "law", "link": "https://example.org/law", "added_at": "2026-01-01T00:00Z"}
    return GuestProof(answer=answer, enquiry=enquiry, state_id=enquiry.state_id, **given | facts)


def test_what_proves_a_sent_answer_is_closed_to_the_guest_too(full):
    with scope(as_guest(full[0])):
        proof_of(full[0]).save()
        GuestAnswer.objects.update(sent_at="2026-01-01T00:00Z")
        assert GuestProof.objects.update(link="https://example.org/other") == 0
        assert GuestProof.objects.all()._raw_delete("default") == 0
    with pytest.raises(DatabaseError, match="row-level security"), scope(as_guest(full[0])):
        proof_of(full[0]).save()


def test_the_state_still_deletes_what_proves_a_sent_answer(full):
    with scope(as_guest(full[0])):
        proof_of(full[0]).save()
        GuestAnswer.objects.update(sent_at="2026-01-01T00:00Z")
    with scope(Reach(states=(full[0].state_id,))):
        assert GuestProof.objects.all()._raw_delete("default") == 1


def asked_of(enquiry, question, state):
    """What the database answers to a row of `state` under the enquiry of another."""
    row = AskedQuestion(enquiry_id=enquiry.pk, state_id=state.pk, question=question, indicator_id=1)
    with pytest.raises(IntegrityError) as refused, scope(Reach(states=(state.pk,))), transaction.atomic():
        row.save()
    return refused.value.__cause__.diag.constraint_name


def test_another_state_cannot_try_out_what_was_asked(full, jamaica):
    assert asked_of(full[0], "D1.1", jamaica) == asked_of(full[0], "D9.9", jamaica) != "asked_once"


def test_another_state_cannot_try_out_who_contributed(full, update_chl, jamaica):
    with scope(Reach(states=(update_chl.state_id,))):
        draft = DraftAnswer.objects.get()
        DraftContributor.objects.create(
            answer=draft, state_id=draft.state_id, name="Elena", ministry="Justice", answered_at="2026-01-01T00:00Z"
        )

    def answer_to(name):
        row = DraftContributor(
            answer_id=draft.pk, state_id=jamaica.pk, name=name, ministry="Justice", answered_at="2026-01-01T00:00Z"
        )
        with pytest.raises(IntegrityError) as refused, scope(Reach(states=(jamaica.pk,))), transaction.atomic():
            row.save()
        return refused.value.__cause__.diag.constraint_name

    assert answer_to("Elena") == answer_to("Nobody")
