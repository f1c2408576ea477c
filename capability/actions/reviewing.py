"""Deciding a sent update answer by answer, and returning it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from capability.carried import carried_decisions, decided_before, with_evidence
from capability.models import Answer, AnswerDecision, Submission, Update, UpdateMove
from member_states.models import Liaison
from notices.outbox import post
from review.actions import Refused, move
from review.states import RETURN, Status

Verdict = AnswerDecision.Verdict


class DecidedMeanwhile(Exception):
    """Somebody else decided this answer after the page was opened: `decision` says who and what."""

    def __init__(self, decision: AnswerDecision) -> None:
        super().__init__()
        self.decision = decision


@transaction.atomic
def decide(*, answer: Answer, verdict: str, comment: str, by: Any, version: int) -> AnswerDecision:
    """Records what `by` decides of `answer`; it reaches the state when the whole update is returned or accepted.

    `version` is the version of the decision that `by` saw, 0 for none. Raises DecidedMeanwhile when another one
    stands, and Refused when the answer is not waiting for review. The same decision sent twice is one.
    """
    comment = comment.strip()
    if answer.submission_id != submission_to_review(answer.update).pk:
        raise Refused(_("The state has sent a newer answer. Open the review again to see it."))
    if verdict == Verdict.RETURN and not comment:
        raise Refused(_("Write to the state what it should mend: a returned answer needs a comment."))
    standing = AnswerDecision.objects.filter(answer=answer).select_related("by").first()
    if standing is None:
        return _new(answer, verdict, by, comment)
    if (standing.verdict, standing.comment, standing.by_id) == (verdict, comment, by.pk):
        return standing
    changed = AnswerDecision.objects.filter(pk=standing.pk, version=version).update(
        verdict=verdict, comment=comment, by=by, at=timezone.now(), version=version + 1
    )
    if not changed:
        raise DecidedMeanwhile(standing)
    standing.refresh_from_db()
    return standing


@transaction.atomic
def accept_unchanged(*, update: Update, by: Any) -> int:
    """Accepts what says the same as the last accepted answer and is not decided yet; returns how many.

    What was returned and comes back as it was is left to be looked at.
    """
    submission = submission_to_review(update)
    returned = [q for q, decision in decided_before(submission, by).items() if decision.verdict == Verdict.RETURN]
    waiting = submission.answers.filter(is_changed=False, decision=None).exclude(question__in=returned)
    return len([_new(answer, Verdict.ACCEPT, by) for answer in waiting.select_related("submission")])


@transaction.atomic
def return_update(*, update: Update, by: Any) -> None:
    """Sends the returned answers back with their comments; what was accepted stays accepted.

    Raises Refused while an answer is undecided, when none is returned, and when the update is not waiting.
    """
    submission = submission_to_review(update)
    decisions = settle(submission, by=by)
    if all(decision.verdict == Verdict.ACCEPT for decision in decisions):
        raise Refused(_("No answer is to be returned: accept the update, or return an answer with a comment."))
    move(update, RETURN, moves=UpdateMove, by=by, state_id=update.state_id)
    post(kind="update returned", object_id=submission.pk, people=liaisons_of(update))


def submission_to_review(update: Update) -> Submission:
    """The last submission of `update`, whose row is locked until the transaction ends: reviewers take turns.

    Raises Refused when the update is not waiting for review.
    """
    locked = Update.objects.select_for_update(no_key=True).get(pk=update.pk)
    if locked.status != Status.SUBMITTED:
        raise Refused(str(RETURN.refusal))
    return update.submissions.order_by("-number")[0]


def settle(submission: Submission, *, by: Any) -> list[AnswerDecision]:
    """Every decision of `submission`, released to the state, those carried over from the one before among them.

    Raises Refused while an answer is undecided.
    """
    answers = list(with_evidence(submission.answers.select_related("submission")))
    undecided = {answer.question: answer for answer in answers}
    for question in AnswerDecision.objects.filter(answer__in=answers).values_list("answer__question", flat=True):
        del undecided[question]
    for question in carried_decisions(list(undecided.values()), decided_before(submission, by)):
        _new(undecided.pop(question), Verdict.ACCEPT, by)
    if undecided:
        raise Refused(
            ngettext(
                "%(count)s answer is not decided yet. Accept it or return it with a comment first.",
                "%(count)s answers are not decided yet. Accept them or return them with a comment first.",
                len(undecided),
            )
            % {"count": len(undecided)}
        )
    decisions = AnswerDecision.objects.filter(answer__in=answers)
    decisions.update(is_released=True)
    return list(decisions)


def liaisons_of(update: Update) -> list[Any]:
    current = Liaison.objects.current().filter(state_id=update.state_id).select_related("person")
    return [liaison.person for liaison in current]


def _new(answer: Answer, verdict: str, by: Any, comment: str = "") -> AnswerDecision:
    authors = answer.submission.authors if answer.submission else []
    return AnswerDecision.objects.create(
        answer=answer, state_id=answer.state_id, verdict=verdict, comment=comment, by=by, authors=authors
    )
