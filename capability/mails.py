"""What the mails about updates are of, asked in the reach of whoever gets them. Texts: templates/emails."""

from typing import Any

from django.urls import reverse

from capability.models import Submission
from notices.kinds import mail_kind


def register() -> None:
    mail_kind("update sent", find=sent_submission, template="emails/update_sent", link=receipt_of)


def sent_submission(person: Any, object_id: int) -> Submission | None:
    sent = Submission.objects.visible_to(person).select_related("update_sent__state", "update_sent__round")
    return sent.filter(pk=object_id).first()


def receipt_of(submission: Submission) -> str:
    update = submission.update_sent
    return reverse("update-receipt", args=[update.state.slug, update.round.slug if update.round else ""])
