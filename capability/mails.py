"""What the mails about updates are of, asked in the reach of whoever gets them. Texts: templates/emails."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from capability.models import Submission, Update
from notices.kinds import mail_kind
from review.states import Status


def register() -> None:
    mail_kind("update sent", find=sent_submission, template="emails/update_sent", link=receipt_of)
    mail_kind("round opened", find=update_to_answer, template="emails/round_opened")
    mail_kind("update waiting", find=update_to_review, template="emails/update_waiting", link=review_of)
    mail_kind("update returned", find=returned_submission, template="emails/update_returned", link=update_of)
    mail_kind("update accepted", find=accepted_update, template="emails/update_accepted")


def sent_submission(person: Any, object_id: int) -> Submission | None:
    sent = Submission.objects.visible_to(person).select_related("update_sent__state", "update_sent__round")
    return sent.filter(pk=object_id).first()


def receipt_of(submission: Submission) -> str:
    update = submission.update_sent
    return reverse("update-receipt", args=[update.state.slug, update.round.slug if update.round else ""])


def _own_updates(person: Any) -> Any:
    return Update.objects.visible_to(person).in_full(person).select_related("state", "round")


def update_to_answer(person: Any, object_id: int) -> Update | None:
    """While its round is open."""
    return _own_updates(person).filter(pk=object_id, round__closed_at=None).first()


def update_to_review(person: Any, object_id: int) -> Update | None:
    """While it waits, for whoever may still review it."""
    update = _own_updates(person).waiting_for_review().filter(pk=object_id).first()
    return update if update and person.has_perm("capability.review_update", update) else None


def returned_submission(person: Any, object_id: int) -> Submission | None:
    """While it is not sent again; with the number of answers that came back."""
    returned = Count("answers", filter=Q(answers__decision__verdict="return"))
    sent = Submission.objects.visible_to(person).filter(pk=object_id, update_sent__status=Status.RETURNED)
    return sent.select_related("update_sent__state", "update_sent__round").annotate(returned=returned).first()


def accepted_update(person: Any, object_id: int) -> Update | None:
    return _own_updates(person).accepted().filter(pk=object_id).first()


def review_of(update: Update) -> str:
    return reverse("update-review", args=[update.state.slug, update.round.slug if update.round else ""])


def update_of(submission: Submission) -> str:
    return submission.update_sent.get_absolute_url()
