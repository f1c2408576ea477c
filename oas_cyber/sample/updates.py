"""Drafting, sending and reviewing in the sample: drafts are written at once, the rest goes the house's own ways."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from capability.actions.accepting import accept_update
from capability.actions.reviewing import return_update
from capability.actions.sending import submit_update
from capability.models import AnswerDecision, DraftAnswer, DraftEvidence, Indicator, Submission, Update
from common.scope import Reach, scope
from oas_cyber.sample.answers import Answers, Given
from oas_cyber.sample.clock import at

Verdict = AnswerDecision.Verdict
PAGE = "load_sample"


def draft(
    update: Update, answers: Answers, indicators: dict[str, Indicator], *, by: Any, when: datetime, unfinished: str = ""
) -> None:
    """Writes `answers` as a liaison saved them; the one to the question `unfinished` lacks its words still."""
    with at(when), scope(_state_of(update, by), page=PAGE):
        drafts = DraftAnswer.objects.bulk_create(
            DraftAnswer(
                update=update,
                state_id=update.state_id,
                question=code,
                indicator=indicators.get(code),
                stage=answer.stage,
                facts=answer.facts,
                text="" if code == unfinished else answer.text,
                is_still_true=answer.is_still_true,
                is_complete=code != unfinished,
                saved_by=by,
                authors=[by.pk],
            )
            for code, answer in answers.items()
        )
        _prove(drafts, list(answers.values()), by, when)
        done = sum(d.is_complete for d in DraftAnswer.objects.filter(update=update))
        Update.objects.filter(pk=update.pk).update(answered=done, last_saved_at=when)


def send(update: Update, *, by: Any, when: datetime) -> Submission:
    with at(when), scope(_state_of(update, by), page=PAGE):
        return submit_update(update=update, key=uuid.uuid5(uuid.NAMESPACE_URL, f"{update.pk} {when}"), by=by)


def decide(submission: Submission, *, by: Any, when: datetime, returns: dict[str, str], first: int = 99) -> None:
    """Accepts the `first` answers but for those that `returns` names with a comment. The state does not see it yet."""
    with at(when), scope(_staff(by), page=PAGE):
        AnswerDecision.objects.bulk_create(
            AnswerDecision(
                answer=answer,
                state_id=answer.state_id,
                verdict=Verdict.RETURN if answer.question in returns else Verdict.ACCEPT,
                comment=returns.get(answer.question, ""),
                by=by,
                authors=submission.authors,
            )
            for answer in submission.answers.order_by("pk")[:first]
        )


def accept(submission: Submission, *, by: Any, when: datetime) -> None:
    decide(submission, by=by, when=when, returns={})
    with at(when + timedelta(minutes=20)), scope(_staff(by), page=PAGE):
        accept_update(update=submission.update_sent, by=by)


def send_back(submission: Submission, *, by: Any, when: datetime, returns: dict[str, str]) -> None:
    decide(submission, by=by, when=when, returns=returns)
    with at(when + timedelta(minutes=20)), scope(_staff(by), page=PAGE):
        return_update(update=submission.update_sent, by=by)


def mend(update: Update, words: dict[str, str], *, by: Any, when: datetime) -> None:
    """Adds a sentence to each returned answer."""
    with at(when), scope(_state_of(update, by), page=PAGE):
        for answer in DraftAnswer.objects.filter(update=update, question__in=words):
            answer.text = f"{answer.text} {words[answer.question]}".strip()
            answer.revision += 1
            answer.is_still_true = False
            answer.save(update_fields=["text", "revision", "is_still_true", "saved_at"])


def _prove(drafts: list[DraftAnswer], given: list[Given], by: Any, when: datetime) -> None:
    DraftEvidence.objects.bulk_create(
        DraftEvidence(answer=d, state_id=d.state_id, title=title, link=link, added_by=by, added_at=when)
        for d, answer in zip(drafts, given, strict=True)
        for title, link in answer.proofs
    )


def _state_of(update: Update, by: Any) -> Reach:
    return Reach(states=(update.state_id,), person=by.pk)


def _staff(by: Any) -> Reach:
    return Reach(staff=True, person=by.pk)
