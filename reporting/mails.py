"""The mail that says a report is ready: a link to its page, never the report itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notices.kinds import Matter, mail_kind
from reporting.kinds import KINDS
from reporting.models import Run


def readers(person: Any) -> bool:
    """Staff, and whoever is sent reports: liaisons, and of the network's bulletin a team's people."""
    return bool(person.has_perm("reporting.view_reports") or person.has_perm("reporting.view_own_reports"))


REPORTS = Matter("reports", _("A report is ready"), readers)


def register() -> None:
    for kind in KINDS.values():
        mail_kind(kind.mail, find=find, template=kind.mail_template, matter=REPORTS)


def find(person: Any, run: int) -> Run | None:
    """Asked when the mail is sent, in the person's reach: whoever may not read the report any more gets nothing."""
    found = Run.objects.visible_to(person).ready().filter(pk=run)
    return found.select_related("state", "round", "schedule", "agreement").first()
