"""The mail that says a report is ready: a link to its page, never the report itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notices.kinds import Matter, anybody, mail_kind
from reporting.kinds import KINDS
from reporting.models import Run

REPORTS = Matter("reports", _("A report is ready"), anybody)


def register() -> None:
    for kind in KINDS.values():
        mail_kind(kind.mail, find=find, template=kind.mail_template, matter=REPORTS)


def find(person: Any, run: int) -> Run | None:
    """Asked when the mail is sent, in the person's reach: whoever may not read the report any more gets nothing."""
    found = Run.objects.visible_to(person).ready().filter(pk=run)
    return found.select_related("state", "round", "schedule", "agreement").first()
