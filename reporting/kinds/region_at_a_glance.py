"""Region at a glance: one run for each quarter, of what all member states may read, for the Permanent Council."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reporting.glance.facts import facts_of
from reporting.glance.pdf import pdf
from reporting.glance.snapshot import figures_to_keep
from reporting.glance.worded import worded
from reporting.glance.xlsx import xlsx
from reporting.kinds.kind import ReadyMade, ReportKind, Subject
from reporting.listed import language_list

if TYPE_CHECKING:
    from reporting.models import Run, Schedule


def due(schedule: "Schedule", slots: Sequence[datetime]) -> Iterable[tuple[datetime, Subject]]:
    """A schedule of it has one slot in each quarter: the database holds it to that."""
    return [(slot, Subject()) for slot in slots]


def gather(run: "Run") -> Callable[[str], Any]:
    """Its figures stay with the run, so that the next report can say what moved."""
    facts = facts_of(run)
    run.figures = figures_to_keep(facts)
    return lambda language: worded(facts, language)


def what(schedule: "Schedule", states: Sequence[Any]) -> str:
    words = gettext("Region at a glance, of the quarter before, in %(languages)s.")
    return words % {"languages": language_list(schedule.languages)}


REGION_AT_A_GLANCE = ReportKind(
    code="region at a glance",
    title=_("Region at a glance"),
    text=_(
        "The quarter in about twelve pages for the Permanent Council: objectives, points, maturity by sub-region, "
        "activities and agreements, with the map. It holds only what every member state may read."
    ),
    about_making=_("The report of the quarter before. You get an e-mail when it is ready; nobody else does."),
    asks=frozenset(),
    asks_now="",
    due=due,
    gather=gather,
    writers={"pdf": pdf, "xlsx": xlsx},
    what=what,
    mail="region ready",
    mail_template="emails/region_ready",
    suggests={"every": "quarter", "day": 5},
    every=("quarter",),
    ready_made=(
        ReadyMade(
            "region-quarterly",
            _("Region at a glance, every quarter"),
            _("On the fifth day of each quarter at 08:00 (America/New York), in four languages, to you alone."),
            {"every": "quarter", "day": 5},
            to_liaisons=False,
            to_me=True,
        ),
    ),
)
