"""The mails about agreements, asked in the reach of whoever gets them. Texts: templates/emails."""

from typing import Any

from notices.kinds import mail_kind
from partnerships.expiry import KIND, ending
from partnerships.models import Agreement


def ending_for(person: Any, pk: int) -> Agreement | None:
    """None once it was ended, renewed or given no last day."""
    found: Agreement | None = ending(Agreement.objects.visible_to(person)).filter(pk=pk).first()
    return found


def register() -> None:
    mail_kind(KIND, find=ending_for, template="emails/agreement_expires")
