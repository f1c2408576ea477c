"""The calendar of activities: of one state for it and the programme's staff, else for the programme's staff alone."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reporting.calendars.facts import facts_of
from reporting.calendars.pdf import pdf
from reporting.calendars.periods import Period, months_of
from reporting.calendars.worded import area_name, worded
from reporting.calendars.xlsx import xlsx
from reporting.kinds.kind import ReadyMade, ReportKind, Subject
from reporting.listed import language_list

if TYPE_CHECKING:
    from reporting.models import Run, Schedule


def due(schedule: "Schedule", slots: Sequence[datetime]) -> Iterable[tuple[datetime, Subject]]:
    """The months are those of the slot, by the clock of the schedule."""
    state = next((state.pk for state in schedule.states.all()), None)
    zone = ZoneInfo(schedule.time_zone)
    for slot in slots:
        first, last = months_of(schedule.period, slot.astimezone(zone).date())
        yield slot, Subject(state_id=state, sub_region=schedule.sub_region, first_on=first, last_on=last)


def gather(run: "Run") -> Callable[[str], Any]:
    facts = facts_of(run)
    return lambda language: worded(facts, language)


def what(schedule: "Schedule", states: Sequence[Any]) -> str:
    area = area_name(states[0] if states else None, schedule.sub_region)
    words = gettext("Activities calendar, %(area)s, in %(languages)s: %(period)s.")
    period = Period(schedule.period).label
    return words % {"area": area, "languages": language_list(schedule.languages), "period": period}


ACTIVITIES_CALENDAR = ReportKind(
    code="activities calendar",
    title=_("Activities calendar"),
    text=_("The activities of some months, month by month, of all states, a sub-region or one state."),
    about_making=_("A calendar takes a few seconds. You get an e-mail when it is ready; nobody else does."),
    asks=frozenset({"area", "period", "to_liaisons"}),
    asks_now="area",
    due=due,
    gather=gather,
    writers={"pdf": pdf, "xlsx": xlsx},
    what=what,
    mail="calendar ready",
    mail_template="emails/calendar_ready",
    suggests={"every": "month", "day": 1, "period": Period.THREE, "to_liaisons": False},
    ready_made=(
        ReadyMade(
            "calendar-monthly",
            _("The calendar of the next three months, every month"),
            _("Of all states, on the first of each month at 08:00 (America/New York), in your language, to you alone."),
            {"every": "month", "day": 1, "period": Period.THREE},
            to_liaisons=False,
            to_me=True,
            own_language_only=True,
        ),
    ),
)
