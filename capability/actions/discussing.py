"""Who reviews an update, second opinions, and notes: among the programme's staff alone."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from capability.actions.reviewing import submission_to_review
from capability.models import Answer, ReviewAssignment, ReviewNote, SecondOpinion, Update
from notices.outbox import post
from review.actions import Refused


@transaction.atomic
def assign_reviewer(*, update: Update, person: Any, by: Any) -> ReviewAssignment:
    """Gives `update` to `person`; who had it before is kept as history. Given twice to the same person, it is one.

    Raises Refused when the update is not waiting for review, and when `person` may not review it.
    """
    submission_to_review(update)
    _must_review(person, update)
    standing = ReviewAssignment.objects.filter(update_assigned=update, ended_at=None)
    before = standing.first()
    if before and before.person_id == person.pk:
        return before
    standing.update(ended_at=timezone.now())
    given = ReviewAssignment.objects.create(update_assigned=update, state_id=update.state_id, person=person, by=by)
    if person.pk != by.pk:
        post(kind="review assigned", object_id=given.pk, people=[person])
    return given


@transaction.atomic
def ask_opinion(*, answer: Answer, colleague: Any, asked: str, by: Any) -> SecondOpinion:
    """Asks `colleague` what to think of `answer`. Raises Refused when it is no longer waiting or was asked already."""
    if answer.submission_id != submission_to_review(answer.update).pk:
        raise Refused(_("The state has sent a newer answer. Open the review again to see it."))
    if colleague.pk == by.pk:
        raise Refused(_("A second opinion comes from somebody else: choose a colleague."))
    _must_review(colleague, answer.update)
    new = SecondOpinion(answer=answer, state_id=answer.state_id, colleague=colleague, asked=asked.strip(), asked_by=by)
    try:
        with transaction.atomic():
            new.save()
    except IntegrityError:
        raise Refused(_("%(name)s was asked already and has not answered yet.") % {"name": colleague}) from None
    post(kind="second opinion asked", object_id=new.pk, people=[colleague])
    return new


@transaction.atomic
def give_opinion(*, opinion: SecondOpinion, text: str, by: Any) -> None:
    """Whoever was asked says it, once. Raises Refused for anybody else, for no words, and the second time."""
    if opinion.colleague_id != by.pk:
        raise Refused(_("Somebody else was asked for this opinion. You may write a note."))
    if not text.strip():
        raise Refused(_("Write your opinion first."))
    open_still = SecondOpinion.objects.filter(pk=opinion.pk, given_at=None)
    if not open_still.update(text=text.strip(), given_at=timezone.now()):
        raise Refused(_("You gave this opinion already. To add to it, write a note."))
    post(kind="second opinion given", object_id=opinion.pk, people=[opinion.asked_by])


@transaction.atomic
def write_note(*, update: Update, question: str, text: str, by: Any) -> ReviewNote:
    """`question` is empty for the update as a whole. Notes are written once and shown to staff alone."""
    if not text.strip():
        raise Refused(_("Write the note first."))
    return ReviewNote.objects.create(
        update_noted=update, state_id=update.state_id, question=question, text=text.strip(), by=by
    )


def _must_review(person: Any, update: Update) -> None:
    if not person.is_active or not person.has_perm("capability.review_update", update):
        raise Refused(_("%(name)s may not review this update. Choose another colleague.") % {"name": person})
