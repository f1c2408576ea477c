"""A state takes back what it sent, while nobody has begun to review it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from capability.models import AnswerDecision, Submission, Update, UpdateMove
from common.scope import PROGRAMME, scope
from notices.outbox import post
from review.actions import Refused, move
from review.states import TAKE_BACK, Status


@transaction.atomic
def take_back(*, update: Update, by: Any) -> None:
    """Makes a draft of what was sent; the numbered copy stays as it is and counts no more.

    Whether `by` may is the caller's question. Raises Refused once a decision was made, when the state could not send
    it again, and when it is not waiting. A reviewer at the same moment: one decides or one takes back, never both.
    """
    locked = Update.objects.visible_to(by).select_for_update(of=("self",)).select_related("round").get(pk=update.pk)
    if locked.status not in TAKE_BACK.start:
        raise Refused(str(TAKE_BACK.refusal))
    if not locked.is_open:
        raise Refused(_("This round is closed: taken back, the update could not be sent again."))
    if _review_began(locked):
        raise Refused(_("The review has begun, so the update stays. What is unclear comes back to you with a comment."))
    submission = Submission.objects.visible_to(by).filter(update_sent=locked).order_by("-number")[0]
    move(locked, TAKE_BACK, moves=UpdateMove, by=by, state_id=locked.state_id)
    reviewers = User.objects.with_staff_role("officer", "manager")
    post(kind="update taken back", object_id=submission.pk, people=reviewers)


def may_take_back(update: Update, user: Any) -> bool:
    """Whether to offer it."""
    is_theirs = user.has_perm("capability.take_back_update", update)
    return is_theirs and update.status == Status.SUBMITTED and update.is_open and not _review_began(update)


def _review_began(update: Update) -> bool:
    """Asked with the eyes of the programme: what is decided and not released is not the state's to see, only that."""
    with scope(PROGRAMME):
        return AnswerDecision.objects.filter(answer__update=update).exists()
