"""Sending an update: a numbered, locked copy of the drafts, made once however often it is asked for."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from capability.drafts import Item, WorkingCopy
from capability.forms import stored_form
from capability.models import (
    Answer,
    Contributor,
    DraftAnswer,
    DraftContributor,
    Evidence,
    Submission,
    Update,
    UpdateMove,
)
from documents.models import File
from notices.outbox import post
from review.actions import Refused, move
from review.states import SUBMIT


class Incomplete(Refused):
    """Some answers are missing or not complete: ``items``."""

    def __init__(self, items: list[Item]) -> None:
        super().__init__(_("Some answers are missing. Nothing was sent."))
        self.items = items


@transaction.atomic
def submit_update(*, update: Update, key: UUID, by: Any) -> Submission:
    """Sends `update` as it stands. The same key again gives the same submission, and nothing is sent twice.

    Raises Incomplete, and Refused when `by` may not send, when the update was sent under another key or the key with
    another update, and when its round is closed.
    """
    held = Update.objects.visible_to(by).select_for_update(of=("self",))
    held_update = held.select_related("round", "edition", "state").get(pk=update.pk)
    if sent := Submission.objects.filter(state_id=held_update.state_id, key=key).first():
        if sent.update_sent_id != held_update.pk:
            raise Refused(_("This key was used for another update. Send a new one."))
        return sent
    if not by.has_perm("capability.submit_update", held_update) and held_update.is_open:
        raise Refused(_("An update is sent by the lead liaison of its state, and by nobody else."))
    if not held_update.is_open:
        raise Refused(_("This round is closed, so the update can no longer be sent."))
    if held_update.status not in SUBMIT.start:
        raise Refused(str(SUBMIT.refusal))
    copy = WorkingCopy(held_update, by)
    if missing := incomplete(copy):
        raise Incomplete(missing)
    submission = _store(copy, key, by)
    move(held_update, SUBMIT, moves=UpdateMove, by=by, state_id=held_update.state_id)
    post(kind="update sent", object_id=submission.pk, people=[by])
    post(
        kind="update waiting",
        object_id=held_update.pk,
        people=User.objects.with_staff_role("officer", "manager"),
        threshold=str(submission.number),
    )
    return submission


def incomplete(copy: WorkingCopy) -> list[Item]:
    """What still has to be answered before the update can be sent; asked of the answers, not of what was noted."""
    return [item for item in copy.items.values() if not _is_complete(item)]


def _is_complete(item: Item) -> bool:
    if not item.may_change:
        return item.answer is not None
    return item.answer is not None and item.is_done and stored_form(item).is_valid()


def _store(copy: WorkingCopy, key: UUID, by: Any) -> Submission:
    update, items = copy.update, list(copy.items.values())
    authors = {author for item in items if item.draft for author in item.draft.authors}
    before = copy.submission
    submission = Submission.objects.create(
        update_sent=update,
        state_id=update.state_id,
        key=key,
        number=before.number + 1 if before else 1,
        submitted_by=by,
        authors=sorted(authors | {by.pk} | set(before.authors if before else [])),
    )
    answers = Answer.objects.bulk_create(_answer(item, submission) for item in items)
    _store_evidence(items, answers)
    _store_contributors(items, answers)
    return submission


def _answer(item: Item, submission: Submission) -> Answer:
    content = item.content
    return Answer(
        submission=submission,
        update_id=submission.update_sent_id,
        state_id=submission.state_id,
        question=item.question.code,
        indicator=item.question.indicator,
        stage=content.stage,
        facts=content.facts,
        text=content.text,
        is_still_true=bool(item.answer and item.answer.is_still_true),
        is_changed=item.is_changed,
    )


def _store_evidence(items: list[Item], answers: list[Answer]) -> None:
    pairs = [(answer, proof) for item, answer in zip(items, answers, strict=True) for proof in item.evidence]
    Evidence.objects.bulk_create(
        Evidence(
            answer=answer,
            state_id=answer.state_id,
            title=proof.title,
            file_id=proof.file_id,
            link=proof.link,
            added_by_id=proof.added_by_id,
            added_at=proof.added_at,
        )
        for answer, proof in pairs
    )
    files = {proof.file_id for _answer, proof in pairs if proof.file_id}
    File.objects.filter(pk__in=files, is_sent=False).update(is_sent=True)


def _store_contributors(items: list[Item], answers: list[Answer]) -> None:
    """Who contributed, with the answer that stands: of its draft, or of what was sent before."""
    now = {item.answer: answer for item, answer in zip(items, answers, strict=True) if item.answer}
    drafts = [answer.pk for answer in now if isinstance(answer, DraftAnswer)]
    sent = [answer.pk for answer in now if isinstance(answer, Answer)]
    named = [
        *DraftContributor.objects.filter(answer__in=drafts).select_related("answer"),
        *Contributor.objects.filter(answer__in=sent).select_related("answer"),
    ]
    Contributor.objects.bulk_create(
        Contributor(
            answer=now[one.answer],
            state_id=one.state_id,
            name=one.name,
            ministry=one.ministry,
            answered_at=one.answered_at,
        )
        for one in named
    )
