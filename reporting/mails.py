"""The mail that says a report is ready, or several: links to their pages, never the reports themselves."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notices.digests import Digest, digest_on, settle
from notices.kinds import Bundle, Matter, mail_kind
from reporting.kinds import KINDS
from reporting.models import Run


def readers(person: Any) -> bool:
    """Staff, and whoever is sent reports: liaisons, and of the network's bulletin a team's people."""
    return bool(person.has_perm("reporting.view_reports") or person.has_perm("reporting.view_own_reports"))


TOGETHER = "reports ready"
REPORTS = Matter("reports", _("A report is ready"), readers)


def register() -> None:
    for kind in KINDS.values():
        mail_kind(kind.mail, find=find, template=kind.mail_template, matter=REPORTS, together=together)
    mail_kind(
        TOGETHER, find=all_of, template="emails/reports_ready", link=lambda _digest: reverse("run-list"), settle=settle
    )


def together(person: Any, run: int) -> Bundle | None:
    """Staff are told at once of all that a schedule made for one slot, or that they asked for at once."""
    if not person.has_perm("reporting.view_reports"):
        return None
    runs = Run.objects.visible_to(person)
    made = runs.filter(pk=run).first()
    of_these = runs.made_with(made) if made else runs.none()
    pks = frozenset(of_these.values_list("pk", flat=True))
    if len(pks) < 2:
        return None
    return Bundle(TOGETHER, min(pks), pks, lambda: not Run.objects.filter(pk__in=pks).unfinished().exists())


def all_of(person: Any, first: int) -> Digest:
    return digest_on(person, TOGETHER, first)


def find(person: Any, run: int) -> Run | None:
    """Asked when the mail is sent, in the person's reach: whoever may not read the report any more gets nothing."""
    found = Run.objects.visible_to(person).ready().filter(pk=run)
    return found.select_related("state", "round", "schedule", "agreement").first()
