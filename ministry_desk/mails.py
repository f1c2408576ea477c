"""What a liaison is told: that a colleague has answered."""

from typing import Any

from ministry_desk.models import Enquiry
from notices.kinds import mail_kind


def register() -> None:
    mail_kind("colleague answered", find=answered_enquiry, template="emails/colleague_answered")


def answered_enquiry(person: Any, object_id: int) -> Enquiry | None:
    """While something of it is neither taken over nor left."""
    mine = Enquiry.objects.visible_to(person).select_related("update__state", "update__round")
    return mine.filter(pk=object_id, answers__sent_at__isnull=False, answers__settled_at=None).first()
