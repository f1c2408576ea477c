"""Which rounds, updates and facts the lists are made of: the questions that pages, mails and reports ask in common."""

from datetime import timedelta
from typing import Any

import pytest
import rules
import time_machine
from django.contrib.auth.models import AnonymousUser

from capability.models import AnswerDecision, CsirtStatus, DraftAnswer, Round, Submission, Update, UpdateMove
from common.days import today
from common.scope import PROGRAMME, Reach, reach_of, scope
from documents.models import File
from member_states.models import Liaison
from tests.factories.capability import make_draft, make_round, make_submitted, make_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(edition: Any, manager: Any) -> Round:
    """Made and not opened yet."""
    found = make_round(edition, by=manager, year=2027, number=1)
    Round.objects.filter(pk=found.pk).update(opened_at=None, opened_by=None)
    return Round.objects.get(pk=found.pk)


@pytest.fixture
def closed(edition: Any, manager: Any) -> Round:
    return make_round(edition, by=manager, year=2025, closed=True)


# Rounds


def test_open_is_what_was_opened_and_not_closed(open_round: Round, planned: Round, closed: Round) -> None:
    assert list(Round.objects.open()) == [open_round]


def test_rounds_are_shown_to_staff_and_administrators_and_once_opened_to_liaisons(
    open_round: Round, planned: Round, observer: Any, admin: Any, lead_chl: Any, outsider: Any
) -> None:
    every = {open_round, planned}
    seen = {who: set(Round.objects.visible_to(who)) for who in (observer, admin, lead_chl, outsider)}

    assert seen == {observer: every, admin: every, lead_chl: {open_round}, outsider: set()}
    assert not Round.objects.visible_to(AnonymousUser())


# Updates


def to_fill() -> set[Update]:
    with scope(PROGRAMME):
        return set(Update.objects.to_fill())


def test_to_fill_is_where_the_round_is_open_and_what_was_returned(
    open_round: Round, planned: Round, closed: Round, chile: Any, jamaica: Any, brazil: Any
) -> None:
    at_work = make_update(open_round, chile)
    returned = [make_update(round, jamaica, status="returned") for round in (open_round, closed)]
    make_update(open_round, brazil, status="submitted")
    for round in (planned, closed):
        make_update(round, chile)

    assert to_fill() == {at_work, *returned}


@pytest.mark.parametrize(("days", "is_open"), [(-1, False), (0, True), (1, True)])
def test_more_time_lasts_through_its_last_day(closed: Round, chile: Any, days: int, is_open: bool) -> None:
    update = make_update(closed, chile, extended_until=today() + timedelta(days=days))

    assert to_fill() == ({update} if is_open else set())


# What was taken back


def taken_back(update: Update, *, before: str, after: str, at: Any) -> None:
    moved = {"subject": update, "state": update.state, "by": update.round.opened_by}
    with scope(PROGRAMME), time_machine.travel(at, tick=False):
        UpdateMove.objects.create(status_before=before, status_after=after, **moved)


@pytest.fixture
def sent(update_chl: Update, lead_chl: Any) -> Submission:
    return make_submitted(update_chl, by=lead_chl)


@pytest.mark.parametrize(
    ("before", "after", "seconds", "is_withdrawn"),
    [
        ("submitted", "draft", 1, True),
        ("submitted", "draft", 0, False),  # the very moment of sending is no withdrawal
        ("submitted", "draft", -1, False),
        ("submitted", "returned", 1, False),
        ("returned", "draft", 1, False),
    ],
)
def test_taken_back_is_what_became_a_draft_after_it_was_sent(
    sent: Submission, update_chl: Update, before: str, after: str, seconds: int, is_withdrawn: bool
) -> None:
    taken_back(update_chl, before=before, after=after, at=sent.submitted_at + timedelta(seconds=seconds))

    with scope(PROGRAMME):
        assert Submission.objects.with_withdrawal().get().is_withdrawn is is_withdrawn
        assert Update.objects.missing().filter(pk=update_chl.pk).exists() is is_withdrawn


# Drafts and facts


def test_drafts_are_their_states_alone(update_chl: Update, lead_chl: Any, lead_jam: Any, officer: Any) -> None:
    draft = make_draft(update_chl, "D1.1", by=lead_chl)

    with scope(Reach(states=(update_chl.state_id,))):
        seen = [list(DraftAnswer.objects.visible_to(who)) for who in (lead_chl, lead_jam, officer)]

    assert seen == [[draft], [], []]


def test_a_fact_is_seen_as_far_as_its_state_shares_it(chile: Any, lead_chl: Any, lead_jam: Any, officer: Any) -> None:
    with scope(PROGRAMME):
        for audience in ("programme", "states", "public"):
            CsirtStatus.objects.create(state=chile, status="none", audience=audience, is_current=audience == "public")
        for who in (lead_chl, lead_jam, officer, AnonymousUser()):
            reach_of(who)
        readers = {"own": lead_chl, "other": lead_jam, "staff": officer, "nobody": AnonymousUser()}
        seen = {
            name: set(CsirtStatus.objects.visible_to(who).values_list("audience", flat=True))
            for name, who in readers.items()
        }

    every = {"programme", "states", "public"}
    assert seen == {"own": every, "other": {"states", "public"}, "staff": every, "nobody": {"public"}}


# Whose work it is


def test_whoever_wrote_for_another_state_may_review_this_one(
    officer: Any, update_chl: Update, update_jam: Update, lead_jam: Any
) -> None:
    make_submitted(update_chl, by=lead_jam)
    make_submitted(update_jam, by=officer)

    with scope(PROGRAMME):
        may = [officer.has_perm("capability.review_update", update) for update in (update_chl, update_jam)]

    assert may == [True, False]


def test_only_who_wrote_is_kept_from_reviewing(officer: Any, second_officer: Any, update_chl: Update) -> None:
    make_submitted(update_chl, by=officer)

    with scope(PROGRAMME):
        may = [who.has_perm("capability.review_update", update_chl) for who in (officer, second_officer)]

    assert may == [False, True]


def test_a_draft_is_opened_by_liaisons_of_its_state_who_are_no_staff(
    update_chl: Update, lead_chl: Any, deputy_chl: Any, lead_jam: Any, officer: Any, outsider: Any
) -> None:
    people = (lead_chl, deputy_chl, lead_jam, officer, outsider)

    assert [who.has_perm("capability.view_draft", update_chl) for who in people] == [True, True, False, False, False]
    assert [who.has_perm("capability.submit_update", update_chl) for who in people] == [True] + 4 * [False]


def test_more_time_is_given_by_managers_who_do_not_speak_for_the_state(
    update_chl: Update, manager: Any, officer: Any, lead_chl: Any, outsider: Any
) -> None:
    people = (manager, officer, lead_chl, outsider)

    assert [who.has_perm("capability.extend_update", update_chl) for who in people] == [True, False, False, False]


def test_what_is_closed_is_not_sent_and_what_was_opened_is_not_opened_again(
    closed: Round, open_round: Round, planned: Round, chile: Any, lead_chl: Any, manager: Any
) -> None:
    over, at_work = make_update(closed, chile), make_update(open_round, chile)

    assert [lead_chl.has_perm("capability.submit_update", update) for update in (over, at_work)] == [False, True]
    assert [manager.has_perm("capability.open_round", round) for round in (open_round, planned)] == [False, True]


def test_a_document_is_withdrawn_by_the_lead_of_its_own_state(
    chile: Any, lead_chl: Any, deputy_chl: Any, lead_jam: Any
) -> None:
    file = File(state_id=chile.pk)
    people = (lead_chl, deputy_chl, lead_jam)

    assert [who.has_perm("capability.withdraw_file", file) for who in people] == [True, False, False]
    assert [who.has_perm("capability.replace_file", file) for who in people] == [True, True, False]


def test_decisions_are_the_states_once_released_even_for_staff_who_speak_for_it(
    update_chl: Update, lead_chl: Any, lead_jam: Any, officer: Any, second_officer: Any, chile: Any
) -> None:
    answers = list(_answers(make_submitted(update_chl, by=lead_chl))[:2])
    Liaison.objects.create(state=chile, person=second_officer, kind="deputy", starts_on=today())
    both = type(second_officer).objects.get(pk=second_officer.pk)
    decided = {"state": chile, "verdict": "accept", "by": officer, "authors": [lead_chl.pk]}
    with scope(PROGRAMME):
        hidden, released = (
            AnswerDecision.objects.create(answer=answer, is_released=is_released, **decided)
            for answer, is_released in zip(answers, (False, True), strict=True)
        )
        seen = [set(AnswerDecision.objects.visible_to(who)) for who in (lead_chl, lead_jam, officer, both)]

    assert seen == [{released}, set(), {hidden, released}, {released}]


def _answers(submission: Submission) -> Any:
    with scope(PROGRAMME):
        return list(submission.answers.all())


def test_colleagues_are_asked_by_whoever_may_open_the_draft(
    update_chl: Update, lead_chl: Any, deputy_chl: Any, lead_jam: Any, officer: Any, outsider: Any
) -> None:
    people = (lead_chl, deputy_chl, lead_jam, officer, outsider)

    assert [who.has_perm("ministry_desk.ask_colleague", update_chl) for who in people] == [True] * 2 + [False] * 3


def test_without_its_thing_a_liaison_may_nothing_with_it(lead_chl: Any, open_round: Round) -> None:
    """A rule that is asked without the record it is about says no."""
    asked = {name for name in rules.permissions.permissions if name.startswith(("capability.", "member_states."))}

    assert {name for name in asked if lead_chl.has_perm(name)} == set()
