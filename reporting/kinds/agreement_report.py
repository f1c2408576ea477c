"""The report on an agreement, for those who pay for it: one run for each that stands, for the programme's staff."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.models import Agreement
from partnerships.querysets.agreements import STANDING
from reporting.agreements.facts import facts_of
from reporting.agreements.pdf import pdf
from reporting.agreements.worded import worded
from reporting.agreements.xlsx import xlsx
from reporting.kinds.kind import ReadyMade, ReportKind, Subject
from reporting.listed import language_list

if TYPE_CHECKING:
    from reporting.models import Run, Schedule


def due(schedule: "Schedule", slots: Sequence[datetime]) -> Iterable[tuple[datetime, Subject]]:
    """Of each agreement of the OAS that stands, where something was promised or given."""
    if not slots:
        return []
    agreements: Any = Agreement.objects.with_status().with_standing()
    standing = agreements.filter(status__in=STANDING, is_of_the_oas=True)
    told = standing.filter(commitments__isnull=False) | standing.filter(contributions__isnull=False)
    pks = list(told.order_by("pk").values_list("pk", flat=True).distinct())
    return [(slot, Subject(agreement_id=pk)) for slot in slots for pk in pks]


def gather(run: "Run") -> Callable[[str], Any]:
    facts = facts_of(run)
    return lambda language: worded(facts, language)


def what(schedule: "Schedule", states: Sequence[Any]) -> str:
    words = gettext("A report on each agreement of the OAS that stands, in %(languages)s.")
    return words % {"languages": language_list(schedule.languages)}


AGREEMENT_REPORT = ReportKind(
    code="agreement report",
    title=_("Agreement report"),
    text=_(
        "What was promised, delivered and spent under an agreement, and whom it reached. For the programme’s staff."
    ),
    about_making=_("It takes a few seconds. You get an e-mail when it is ready; nobody else does."),
    asks=frozenset(),
    asks_now="agreements",
    due=due,
    gather=gather,
    writers={"pdf": pdf, "xlsx": xlsx},
    what=what,
    mail="agreement report ready",
    mail_template="emails/agreement_report_ready",
    suggests={"every": "quarter", "day": 1},
    ready_made=(
        ReadyMade(
            "agreements-quarterly",
            _("A report on each agreement, every quarter"),
            _("On the first day of each quarter at 08:00 (America/New York), in your language, to you alone."),
            {"every": "quarter", "day": 1},
            to_liaisons=False,
            to_me=True,
            own_language_only=True,
        ),
    ),
)
