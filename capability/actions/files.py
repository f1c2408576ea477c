"""A newer version of a document, and withdrawing one: the name stays, the content goes."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from capability.actions.saving import attach, detach
from capability.drafts import Item, WorkingCopy
from capability.models import DraftEvidence, Evidence, Update
from documents.actions import keep_file
from documents.checks import check_upload
from documents.erasing import erase_soon
from documents.models import File
from review.actions import Refused


@transaction.atomic
def withdraw_file(*, file: File, reason: str, by: Any) -> File:
    """Nobody gets the content any more, and it is deleted. Raises Refused."""
    held = File.objects.visible_to(by).select_for_update().get(pk=file.pk)
    if refusal := withdrawal_refusal(held):
        raise Refused(refusal)
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_because = timezone.now(), by, reason
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    erase_soon(held)
    return held


def withdrawal_refusal(file: File) -> str:
    if file.is_withdrawn:
        return _("This file was withdrawn before.")
    if not file.is_sent:
        return _("This file was not sent yet. Remove it from the answer instead.")
    return ""


@transaction.atomic
def replace_file(*, file: File, upload: Any, by: Any) -> File:
    """Puts a newer version in the place of `file` in the update that is open; what was sent keeps the older one.

    Raises documents.refusal.Refused for the upload, and Refused when no answer can take it.
    """
    item = open_place(file, by)
    if item is None:
        raise Refused(nowhere_open())
    if check_upload(upload).sha256 == file.sha256:
        raise Refused(_("This is the same content as the version that is here. Choose the newer file."))
    kept = keep_file(upload=upload, state=item.update.state, by=by, replaces=file)
    for proof in item.evidence:
        if proof.file_id == file.pk:
            detach(item=item, by=by, proof=proof)
    attach(item=item, by=by, title=kept.name, file=kept)
    return kept


def nowhere_open() -> str:
    return _("A newer version goes with an update, and none that holds this document is open to you now.")


def open_place(file: File, by: Any) -> Item | None:
    """The answer in an open update that this document stands for, or stood for when it was sent."""
    stood = Evidence.objects.visible_to(by).filter(file=file).values_list("answer__question", flat=True)
    stands = DraftEvidence.objects.visible_to(by).filter(file=file).values_list("answer__question", flat=True)
    questions = sorted({*stood, *stands})
    updates = Update.objects.visible_to(by).filter(state=file.state_id).select_related("state", "round", "edition")
    for update in updates.to_fill().in_order_of_due_date()[:5]:
        items = WorkingCopy(update, by).items
        found = (items[code] for code in questions if code in items and items[code].may_change)
        if item := next(found, None):
            return item
    return None
