"""Who of the programme read what a state said and did not share with everybody: kept in the audit trail.

One entry for each submission and page, however many answers the page shows; files of evidence have entries of their
own. A state that reads its own words, or those that others share, leaves none.
"""

from collections.abc import Iterable
from typing import Any

from accounts.audit import record_reads
from capability.models import Answer, Submission
from common.scope import reach_of
from member_states.models import MemberState, Sharing


def note_submission(request: Any, submission: Submission) -> None:
    if reach_of(request.user).staff:
        request.after_response.append(lambda: record_reads(request, [submission]))


def note_answers(request: Any, answers: Iterable[Answer]) -> None:
    """Those that everybody may read do not count. A queryset is asked after the answer has gone out."""
    if reach_of(request.user).staff:
        request.after_response.append(lambda: record_reads(request, _submissions(answers)))


def note_profile(request: Any, state: MemberState) -> None:
    """The words and facts that a state's pages show of what was accepted."""
    said = Answer.objects.visible_to(request.user).filter(state=state, is_accepted=True)
    closed = said.exclude(audience=Sharing.PUBLIC).only("submission_id", "state_id", "audience")
    note_answers(request, closed.order_by("submission_id").distinct("submission_id"))


def _submissions(answers: Iterable[Answer]) -> list[Submission]:
    closed = [answer for answer in answers if answer.audience != Sharing.PUBLIC]
    return [Submission(pk=pk, state_id=state) for pk, state in sorted({(a.submission_id, a.state_id) for a in closed})]
