"""The network bulletin: one run for each slot, for the programme's staff and the representatives of the teams."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reporting.bulletin.facts import facts_of
from reporting.bulletin.pdf import pdf
from reporting.bulletin.worded import worded
from reporting.bulletin.xlsx import xlsx
from reporting.kinds.kind import ReadyMade, ReportKind, Subject
from reporting.listed import language_list

if TYPE_CHECKING:
    from reporting.models import Run, Schedule


def due(schedule: "Schedule", slots: Sequence[datetime]) -> Iterable[tuple[datetime, Subject]]:
    return [(slot, Subject()) for slot in slots]


def gather(run: "Run") -> Callable[[str], Any]:
    facts = facts_of(run)
    return lambda language: worded(facts, language)


def what(schedule: "Schedule", states: Sequence[Any]) -> str:
    words = gettext("The network’s bulletin of the month before, in %(languages)s.")
    return words % {"languages": language_list(schedule.languages)}


NETWORK_BULLETIN = ReportKind(
    code="network bulletin",
    title=_("Network bulletin"),
    text=_("What the network published under TLP:CLEAR and TLP:GREEN in the month before, and which teams joined."),
    about_making=_("The bulletin of the month before. You get an e-mail when it is ready; nobody else does."),
    asks=frozenset({"to_representatives"}),
    asks_now="",
    due=due,
    gather=gather,
    writers={"pdf": pdf, "xlsx": xlsx},
    what=what,
    mail="bulletin ready",
    mail_template="emails/bulletin_ready",
    suggests={"every": "month", "day": 1},
    ready_made=(
        ReadyMade(
            "bulletin-monthly",
            _("A bulletin for the network, every month"),
            _("On the first of each month at 08:00 (America/New York), in four languages, to representatives and you."),
            {"every": "month", "day": 1},
            to_liaisons=False,
            to_me=True,
            to_representatives=True,
        ),
    ),
)
