"""The country brief: one run for each state of the schedule, for the state and the programme's staff."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from capability.models import Edition
from notices.work import Hopeless
from reporting.briefs.gather import frame_for, worded
from reporting.briefs.known import known_of
from reporting.briefs.pdf import pdf
from reporting.briefs.xlsx import xlsx
from reporting.kinds.kind import ReadyMade, ReportKind, Subject
from reporting.listed import language_list

if TYPE_CHECKING:
    from reporting.models import Run, Schedule

NO_MODEL = gettext_noop("There is no maturity model to report on. Load the reference data, then try again.")


def due(schedule: "Schedule", slots: Sequence[datetime]) -> Iterable[tuple[datetime, Subject]]:
    return [(slot, Subject(state_id=state.pk)) for slot in slots for state in schedule.states.all()]


def gather(run: "Run") -> Callable[[str], Any]:
    """In the reach of the state, so that a brief holds nothing its readers may not see."""
    state: Any = run.state
    try:
        frame = frame_for(state)
    except Edition.DoesNotExist as error:
        raise Hopeless(NO_MODEL) from error
    known = known_of(state, frame)
    return lambda language: worded(known, language, frame)


def what(schedule: "Schedule", states: Sequence[Any]) -> str:
    if len(states) == 1:
        words = gettext("Country brief of %(state)s in %(languages)s.")
        return words % {"state": states[0], "languages": language_list(schedule.languages)}
    words = ngettext(
        "Country brief of %(n)s state in %(languages)s.",
        "Country briefs of %(n)s states in %(languages)s.",
        len(states),
    )
    return words % {"n": len(states), "languages": language_list(schedule.languages)}


COUNTRY_BRIEF = ReportKind(
    code="country brief",
    title=_("Country brief"),
    text=_("A country brief of each state, with its plan, activities and requests, as PDF and as Excel."),
    about_making=_("A country brief takes a few seconds. You get an e-mail when it is ready; nobody else does."),
    asks=frozenset({"states", "to_liaisons"}),
    asks_now="states",
    due=due,
    gather=gather,
    writers={"pdf": pdf, "xlsx": xlsx},
    what=what,
    mail="brief ready",
    mail_template="emails/brief_ready",
    suggests={"every": "month"},
    ready_made=(
        ReadyMade(
            "monthly",
            _("A brief for each state, every month"),
            _("On the first day of each month at 08:00 (America/New York), in four languages, to liaisons."),
            {"every": "month", "day": 1},
            to_liaisons=True,
            to_me=False,
        ),
        ReadyMade(
            "quarterly",
            _("A brief for each state, every quarter"),
            _("On the first day of each quarter at 08:00 (America/New York), in four languages, to liaisons and you."),
            {"every": "quarter", "day": 1},
            to_liaisons=True,
            to_me=True,
        ),
        ReadyMade(
            "weekly",
            _("All briefs on Monday, for you"),
            _("Every Monday at 08:00 (America/New York), in your language, to you alone."),
            {"every": "week", "weekday": 0},
            to_liaisons=False,
            to_me=True,
            own_language_only=True,
        ),
    ),
)
