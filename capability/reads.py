"""Who of the programme read what a state said and did not share with everybody: kept in the audit trail.

One entry for each submission and page, however many answers the page shows; files of evidence have entries of their
own. A state that reads its own words, or those that others share, leaves none.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from accounts.audit import record_reads
from capability.models import Answer, Submission, Update
from common.scope import reach_of
from member_states.models import MemberState, Sharing


def note_submission(request: Any, submission: Submission) -> None:
    if reach_of(request.user).staff:
        request.after_response.append(lambda: record_reads(request, [submission]))


def note_answers(request: Any, answers: Iterable[Answer]) -> None:
    """Those that everybody may read do not count. A queryset is asked after the answer has gone out."""
    if reach_of(request.user).staff:
        request.after_response.append(lambda: record_reads(request, _submissions(answers)))


def note_profile(request: Any, *states: MemberState) -> None:
    """The words and facts that the pages of these states show of what was accepted."""
    said = Answer.objects.visible_to(request.user).filter(state__in=states, is_accepted=True)
    note_answers(request, _one_of_each_submission(said.exclude(audience=Sharing.PUBLIC)))


def note_update(request: Any, update: Update) -> None:
    """All that was sent of it."""
    sent = Answer.objects.visible_to(request.user).filter(update=update, submission__isnull=False)
    note_answers(request, _one_of_each_submission(sent))


def note_evidence(request: Any, state: MemberState) -> None:
    """The list of what the answers of a state rest on."""
    proven = Answer.objects.visible_to(request.user).filter(state=state, evidence__isnull=False)
    note_answers(request, _one_of_each_submission(proven.exclude(audience=Sharing.PUBLIC)))


def note_facts(request: Any, facts: Iterable[Any], answers: Iterable[Answer] = ()) -> None:
    """What is known of states, of those facts that a state said in an update; and `answers` that stand beside them."""
    updates = {fact.update_id for fact in facts if fact.update_id and fact.audience != Sharing.PUBLIC}
    said = Answer.objects.visible_to(request.user).filter(update__in=updates, is_accepted=True)
    note_answers(request, chain(answers, _one_of_each_submission(said.exclude(audience=Sharing.PUBLIC))))


def _one_of_each_submission(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    told = answers.only("submission_id", "state_id", "audience")
    return told.order_by("submission_id").distinct("submission_id")


def _submissions(answers: Iterable[Answer]) -> list[Submission]:
    closed = [answer for answer in answers if answer.audience != Sharing.PUBLIC]
    return [Submission(pk=pk, state_id=state) for pk, state in sorted({(a.submission_id, a.state_id) for a in closed})]
