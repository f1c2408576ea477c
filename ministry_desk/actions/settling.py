"""A liaison takes a colleague's answer over into the draft, or keeps the own one."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from capability.actions.saving import attach, name_contributor, save_answer
from capability.drafts import Content, Item
from ministry_desk.models import GuestAnswer
from review.actions import Refused


@transaction.atomic
def take_over(*, answer: GuestAnswer, item: Item, revision: int, by: Any) -> None:
    """Stage, words and proof, with the name of who answered. `revision` is that of the draft it was compared with.

    Raises Conflict when another liaison saved meanwhile, and Refused when nothing may change.
    """
    held = _hold(answer, by)
    save_answer(item=item, content=Content(stage=held.stage, text=held.text), revision=revision, by=by)
    known = {(proof.file_id, proof.link) for proof in item.evidence}
    for proof in held.proofs.select_related("file"):
        if (proof.file_id, proof.link) not in known:
            attach(item=item, by=by, title=proof.title, file=proof.file, link=proof.link)
    asked = held.enquiry
    answered_at = held.sent_at or timezone.now()
    name_contributor(item=item, by=by, name=asked.name, ministry=asked.ministry, answered_at=answered_at)
    _settle(held, by, is_taken=True)


@transaction.atomic
def keep_own(*, answer: GuestAnswer, by: Any) -> None:
    """The draft stays as it is."""
    _settle(_hold(answer, by), by, is_taken=False)


def _hold(answer: GuestAnswer, by: Any) -> GuestAnswer:
    held = GuestAnswer.objects.visible_to(by).select_for_update(of=("self",)).select_related("enquiry", "settled_by")
    found = held.get(pk=answer.pk)
    if found.sent_at is None:
        raise Refused(_("This answer was not sent yet."))
    if found.settled_at:
        raise Refused(_("%(name)s has decided on this answer already.") % {"name": found.settled_by})
    return found


def _settle(answer: GuestAnswer, by: Any, *, is_taken: bool) -> None:
    GuestAnswer.objects.visible_to(by).filter(pk=answer.pk).update(
        settled_at=timezone.now(), settled_by=by, is_taken=is_taken
    )
