"""The mail that says a report is ready: a link to its page, never the report itself."""

from typing import Any

from notices.kinds import mail_kind
from reporting.making import BRIEF_READY
from reporting.models import Run


def register() -> None:
    mail_kind(BRIEF_READY, find=find, template="emails/brief_ready")


def find(person: Any, run: int) -> Run | None:
    """Asked when the mail is sent, in the person's reach: whoever may not read the report any more gets nothing."""
    return Run.objects.visible_to(person).ready().filter(pk=run).select_related("state", "schedule").first()
