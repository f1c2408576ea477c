"""Decisions that hold on: accepted in the submission before, and not changed since."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from capability.models import Answer, AnswerDecision, Evidence, Submission


def with_evidence(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    return answers.prefetch_related(Prefetch("evidence", queryset=Evidence.objects.select_related("file")))


def content_of(answer: Answer) -> tuple[Any, ...]:
    """What a reviewer judges. Two answers with equal content are the same answer."""
    proofs = sorted((proof.title, proof.file_id or 0, proof.link) for proof in answer.evidence.all())
    return answer.stage, answer.facts, answer.text, proofs


def decided_before(submission: Submission, user: Any) -> dict[str, AnswerDecision]:
    """By question: what was decided of the submission before this one of the same update."""
    decisions = AnswerDecision.objects.visible_to(user).filter(
        answer__submission__update_sent=submission.update_sent_id,
        answer__submission__number=submission.number - 1,
        is_released=True,
    )
    rows = decisions.select_related("answer", "by").prefetch_related("answer__evidence")
    return {decision.answer.question: decision for decision in rows}


def carried_decisions(answers: Iterable[Answer], before: Mapping[str, AnswerDecision]) -> dict[str, AnswerDecision]:
    """Those of `before` that accepted what `answers` still say, by question."""
    accepted = {q: d for q, d in before.items() if d.verdict == AnswerDecision.Verdict.ACCEPT}
    return {
        answer.question: accepted[answer.question]
        for answer in answers
        if answer.question in accepted and content_of(answer) == content_of(accepted[answer.question].answer)
    }
