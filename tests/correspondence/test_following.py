"""What a state agreed to on paper is done by somebody of the programme, and says by which note."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format

from action_plan.actions.selection import withdraw
from action_plan.models import Nomination, PlanMove
from action_plan.plan_mails import answered_version
from action_plan.states import Verb
from action_plan.training_mails import decided_nomination
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from correspondence.models import Note
from member_states.models import Liaison
from notices.models import Mail
from tests.factories.accounts import make_staff
from tests.factories.correspondence import make_note
from tests.factories.country_plans import begin, make_offer, step, write_all
from tests.factories.training import choose, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(chile: Any, officer: Any) -> Any:
    begun = begin(chile, officer)
    write_all(begun, officer)
    return begun


def note_of(version: Any, officer: Any, **said: Any) -> Note:
    """Answered with "agreed" five days ago, unless it is said otherwise."""
    note = make_note(version.state, officer, purpose="plan", record=version, status="answered")
    with scope(PROGRAMME):
        Note.objects.filter(pk=note.pk).update(**{"replied_on": today() - timedelta(days=5), **said})
        return Note.objects.whole().get(pk=note.pk)


def sign(client: Any, note: Note) -> Any:
    return client.post(reverse("note-sign-plan", args=[note.pk]))


PERSON = {
    "name": "Ana  Prueba", "email": "ana@example.org", "institution": "Ministry of Justice", "sector": "public",
    "gender": "woman", "language": "es", "why": "Leads the team",
}  # fmt: skip


def named_by(chile: Any, officer: Any, course: Any, outcome: str = "names") -> Note:
    facts = {"purpose": "nominations", "record": course, "status": "answered", "outcome": outcome}
    return make_note(chile, officer, **facts)


def enter(client: Any, note: Note, **said: Any) -> Any:
    return client.post(reverse("note-nominate", args=[note.pk]), PERSON | said)


def nominees() -> list[Nomination]:
    with scope(PROGRAMME):
        return list(Nomination.objects.select_related("state", "nominated_by"))


def moves(plan: Any) -> list[PlanMove]:
    with scope(PROGRAMME):
        plan.refresh_from_db()
        return list(PlanMove.objects.filter(plan=plan, verb=Verb.AGREE))


def test_an_officer_signs_by_the_note_that_the_state_agreed_to(sign_in: Any, officer: Any, plan: Any) -> None:
    version = make_offer(plan, officer)
    note = note_of(version, officer)

    answer = sign(sign_in(officer), note)

    assert answer.url == plan.get_absolute_url()
    signature = moves(plan)[0]
    assert (plan.status, plan.proposal) == ("agreed", "none")
    assert (signature.version_id, signature.signer, signature.paper_on) == (version.pk, note.spelled, note.replied_on)
    assert (signature.by_id, signature.name) == (officer.pk, officer.name)


def test_the_plan_says_by_which_note_and_leads_there(sign_in: Any, officer: Any, lead_chl: Any, plan: Any) -> None:
    version = make_offer(plan, officer)
    note = note_of(version, officer)
    sign(sign_in(officer), note)
    said = (
        f'<a href="{note.get_absolute_url()}">Agreed by note verbale {note.spelled}, {date_format(note.replied_on)}</a>'
    )

    for person in (officer, lead_chl):
        client = sign_in(person)
        page = client.get(plan.get_absolute_url()).content.decode()
        of_version = client.get(reverse("plan-version", args=[plan.state.slug, plan.pk, 1])).content.decode()

        assert page.count(said) == 3  # under the version, as its signature, and in what was done
        assert f"recorded by {officer.name}" in page
        assert said in of_version


def test_the_lead_and_whoever_is_responsible_are_told_by_which_note(
    sign_in: Any, officer: Any, manager: Any, lead_chl: Any, deputy_chl: Any, plan: Any
) -> None:
    version = make_offer(plan, officer)
    note = note_of(version, officer)

    sign(sign_in(manager), note)

    with scope(PROGRAMME):
        told = Mail.objects.filter(kind="plan answered", object_id=version.pk)
        assert set(told.values_list("person", flat=True)) == {officer.pk, lead_chl.pk}
    for person in (officer, lead_chl):
        with scope(reach_of(person)):
            found = answered_version(person, version.pk)
            assert f"to note verbale {note.spelled}." in render_to_string("emails/plan_answered.txt", {"object": found})
    with scope(reach_of(deputy_chl)):
        assert answered_version(deputy_chl, version.pk) is None


def test_what_was_offered_anew_since_is_not_signed_by_an_older_note(sign_in: Any, officer: Any, plan: Any) -> None:
    note = note_of(make_offer(plan, officer), officer)
    step(plan, Verb.TAKE_BACK, officer)
    make_offer(plan, officer)

    answer = sign(sign_in(officer), note)

    assert answer.status_code == 422
    assert "offered anew since this note was written" in answer.content.decode()
    assert moves(plan) == []


def test_what_was_taken_back_is_not_signed(sign_in: Any, officer: Any, plan: Any) -> None:
    note = note_of(make_offer(plan, officer), officer)
    step(plan, Verb.TAKE_BACK, officer)

    answer = sign(sign_in(officer), note)

    assert answer.status_code == 422
    assert "waits for an answer of the state" in answer.content.decode()


def test_a_plan_is_signed_once(sign_in: Any, officer: Any, plan: Any) -> None:
    note = note_of(make_offer(plan, officer), officer)
    client = sign_in(officer)

    assert [sign(client, note).status_code for _each in range(2)] == [302, 422]
    assert len(moves(plan)) == 1


@pytest.mark.parametrize("said", [{"outcome": "declined"}, {"outcome": "noted"}, {"outcome": "names"}])
def test_no_other_answer_signs(sign_in: Any, officer: Any, plan: Any, said: Any) -> None:
    note = note_of(make_offer(plan, officer), officer, **said)
    client = sign_in(officer)

    answer = sign(client, note)

    assert answer.status_code == 422
    assert "does not say that the state agrees" in answer.content.decode()
    assert reverse("note-sign-plan", args=[note.pk]) not in client.get(note.get_absolute_url()).content.decode()


def test_a_note_about_something_else_signs_nothing(sign_in: Any, officer: Any, chile: Any) -> None:
    assert sign(sign_in(officer), make_note(chile, officer, status="answered")).status_code == 404


def test_the_note_leads_there_while_the_plan_waits(sign_in: Any, officer: Any, lead_chl: Any, plan: Any) -> None:
    note = note_of(make_offer(plan, officer), officer)
    client, there = sign_in(officer), reverse("note-sign-plan", args=[note.pk])

    assert there in client.get(note.get_absolute_url()).content.decode()
    assert there not in sign_in(lead_chl).get(note.get_absolute_url()).content.decode()
    sign(client, note)
    assert there not in client.get(note.get_absolute_url()).content.decode()


def test_nobody_of_the_state_records_that_it_agreed(sign_in: Any, officer: Any, lead_chl: Any, plan: Any) -> None:
    note = note_of(make_offer(plan, officer), officer)
    both = make_staff("Bea Both", "officer")
    Liaison.objects.create(state=plan.state, person=both, kind="deputy", starts_on=today())

    assert [sign(sign_in(person), note).status_code for person in (both, lead_chl)] == [403, 403]
    assert moves(plan) == []


def test_a_liaison_writes_no_paper_into_a_signature(officer: Any, lead_chl: Any, chile: Any, plan: Any) -> None:
    version = make_offer(plan, officer)
    facts = {"plan": plan, "state": chile, "version": version, "status_before": "draft", "status_after": "agreed"}
    facts |= {"verb": "agree", "by": lead_chl, "name": lead_chl.name, "paper": "OAS/CYBER/NV-1/26", "paper_on": today()}

    with pytest.raises(Error, match="row-level security"), scope(reach_of(lead_chl)):
        PlanMove.objects.create(**facts)


# Nominations --------------------------------------------------------------------------------------------------------


def test_an_officer_enters_whom_the_state_named_one_after_the_other(
    sign_in: Any, officer: Any, lead_chl: Any, chile: Any, jamaica: Any
) -> None:
    course = make_course(chile, jamaica)
    note, client = named_by(chile, officer, course), sign_in(officer)

    answer = enter(client, note)

    assert answer.url == reverse("note-nominate", args=[note.pk])
    nominee = nominees()[0]
    assert (nominee.name, nominee.state, nominee.course_id) == ("Ana Prueba", chile, course.pk)
    assert (nominee.paper, nominee.nominated_by, nominee.nominator) == (note.spelled, officer, "Chile")
    assert "Ana Prueba (Ministry of Justice)" in client.get(answer.url).content.decode()
    said = f"Named in the reply to {note.spelled}"
    assert said in client.get(reverse("course-selection", args=[course.activity.slug])).content.decode()
    assert said in sign_in(lead_chl).get(course.get_absolute_url()).content.decode()


def test_of_whom_a_note_named_the_lead_liaison_is_told(
    sign_in: Any, officer: Any, lead_chl: Any, deputy_chl: Any, chile: Any
) -> None:
    course = make_course(chile)
    note = named_by(chile, officer, course)
    enter(sign_in(officer), note)
    choose(nominees()[0], by=officer)

    with scope(PROGRAMME):
        told = list(Mail.objects.filter(kind="nomination decided").values_list("person", flat=True))
    assert told == [lead_chl.pk]
    with scope(reach_of(lead_chl)):
        found = {"object": decided_nomination(lead_chl, nominees()[0].pk), "person": lead_chl}
        said = render_to_string("emails/nomination_decided.txt", found)
    assert (
        f"Your state nominated Ana Prueba for the course “{course}” in its reply to note verbale {note.spelled}."
        in said
    )


def test_the_state_takes_back_whom_it_named_by_note(sign_in: Any, officer: Any, lead_chl: Any, chile: Any) -> None:
    enter(sign_in(officer), named_by(chile, officer, make_course(chile)))

    with scope(reach_of(lead_chl)):
        withdraw(nomination=nominees()[0], by=lead_chl)

    assert nominees()[0].status == "withdrawn"


@pytest.mark.parametrize(
    ("facts", "outcome", "said"),
    [
        ({}, "agreed", "does not say that names were given"),
        ({"opened_at": None}, "names", "Nominations for this course are not taken now."),
    ],
)
def test_nobody_is_entered_without_names_or_when_nominations_are_closed(
    sign_in: Any, officer: Any, chile: Any, facts: Any, outcome: str, said: str
) -> None:
    note, client = named_by(chile, officer, make_course(chile, **facts), outcome), sign_in(officer)

    answer = enter(client, note)

    assert (answer.status_code, nominees()) == (422, [])
    page = answer.content.decode()
    assert said in page
    assert "ana@example.org" in page  # what was typed is not lost
    assert reverse("note-nominate", args=[note.pk]) not in client.get(note.get_absolute_url()).content.decode()


def test_somebody_is_entered_once_and_only_for_a_state_that_takes_part(
    sign_in: Any, officer: Any, chile: Any, jamaica: Any
) -> None:
    course, client = make_course(chile, audience="states"), sign_in(officer)
    note = named_by(chile, officer, course)

    assert [enter(client, note).status_code for _each in range(2)] == [302, 422]
    refused = enter(client, named_by(jamaica, officer, course), email="other@example.org")
    assert "Jamaica does not take part in this course." in refused.content.decode()
    assert enter(client, note, email="").status_code == 422
    assert len(nominees()) == 1


def test_only_an_officer_of_no_such_state_enters_names(
    sign_in: Any, officer: Any, observer: Any, lead_chl: Any, chile: Any
) -> None:
    note = named_by(chile, officer, make_course(chile))
    both = make_staff("Bea Both", "officer")
    Liaison.objects.create(state=chile, person=both, kind="deputy", starts_on=today())

    assert [enter(sign_in(person), note).status_code for person in (both, observer, lead_chl)] == [403, 403, 403]
    assert nominees() == []
    there = reverse("note-nominate", args=[note.pk])
    shown = [there in sign_in(one).get(note.get_absolute_url()).content.decode() for one in (officer, both, lead_chl)]
    assert shown == [True, False, False]


def test_a_note_about_something_else_names_nobody(sign_in: Any, officer: Any, chile: Any) -> None:
    assert enter(sign_in(officer), make_note(chile, officer, status="answered")).status_code == 404


def test_the_outcome_stays_when_something_was_done_by_it(sign_in: Any, officer: Any, chile: Any, plan: Any) -> None:
    client = sign_in(officer)
    signed = note_of(make_offer(plan, officer), officer)
    sign(client, signed)
    named = named_by(chile, officer, make_course(chile))
    enter(client, named)

    for note, other in ((signed, "declined"), (named, "noted")):
        page = reverse("note-reply-correct", args=[note.pk])
        facts = {"on": str(today()), "reference": "MP-7", "said": "", "edited": note.edited}

        answer = client.post(page, facts | {"outcome": other})
        assert answer.status_code == 422
        assert "so its outcome stays" in answer.text
        assert client.post(page, facts | {"outcome": note.outcome}).status_code == 302
