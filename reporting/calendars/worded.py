"""From what is known of some months to what their calendar says, in one language."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from action_plan.dates import days_of, hours_of
from action_plan.models import Activity
from member_states.models import MemberState
from reporting.briefs.brief import SourceLine
from reporting.briefs.label import LABELS, audience_of, who_may_read
from reporting.calendars.facts import MOST, CalendarFacts
from reporting.calendars.report import ActivityCalendar, Entry, MonthPart


def worded(facts: CalendarFacts, language: str) -> ActivityCalendar:
    with translation.override(language):
        return _worded(facts, language)


def _worded(facts: CalendarFacts, language: str) -> ActivityCalendar:
    audience = audience_of("public", (_audience(one) for one in facts.activities))
    moment = date_format(timezone.localtime(facts.as_of), "DATETIME_FORMAT")
    return ActivityCalendar(
        language=language,
        area=area_name(facts.state, facts.sub_region),
        period=facts.months.in_words,
        label=LABELS[audience],
        audience=_who_may_read(facts, audience),
        made_on=timezone.localdate(facts.as_of),
        situation=gettext("As of %(moment)s (%(zone)s).") % {"moment": moment, "zone": _zone()},
        lead=_lead(facts),
        months=tuple(_months(facts)),
        notes=tuple(_notes(facts)),
        source=gettext("Source: the activities kept in this portal, as of %(when)s.") % {"when": moment},
        sources=tuple(_sources(facts)),
        is_sample=settings.TRIAL,
    )


def area_name(state: Any, sub_region: str) -> str:
    if state:
        return str(state)
    return str(MemberState.SubRegion(sub_region).label) if sub_region else gettext("All member states")


def _zone() -> str:
    return timezone.get_current_timezone_name().replace("_", " ")


def _audience(activity: Activity) -> str:
    """In the words by which a state shares."""
    return activity.audience if activity.audience in ("states", "public") else "programme"


def _who_may_read(facts: CalendarFacts, audience: str) -> str:
    if facts.state is None and audience == "programme":
        return gettext("For the programme’s staff. It names what not all states read of: do not pass it on.")
    return who_may_read(audience)


def _lead(facts: CalendarFacts) -> str:
    if not facts.activities:
        return gettext("No activity is known in these months.")
    words = ngettext("%(n)s activity: %(statuses)s.", "%(n)s activities: %(statuses)s.", len(facts.activities))
    counted = Counter(activity.status for activity in facts.activities)
    statuses = (
        gettext("%(status)s %(n)s") % {"status": status.label, "n": counted[status]}
        for status in Activity.Status
        if counted[status]
    )
    return words % {"n": len(facts.activities), "statuses": ", ".join(statuses)}


def _months(facts: CalendarFacts) -> Iterator[MonthPart]:
    """Months in which nothing begins are left out."""
    groups: dict[date, list[Entry]] = {}
    for activity in facts.activities:
        begins = max(activity.starts_on, facts.months.first).replace(day=1)
        groups.setdefault(begins, []).append(_entry(activity))
    for first in sorted(groups):
        yield MonthPart(first, date_format(first, "YEAR_MONTH_FORMAT"), tuple(groups[first]))


def _entry(activity: Any) -> Entry:
    return Entry(
        when=days_of(activity),
        hours=hours_of(activity),
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        kind=activity.get_kind_display(),
        point=activity.get_point_display() if activity.point else "",
        title=activity.title,
        place=activity.place or str(activity.host_state or ""),
        is_online=activity.is_online,
        states=tuple(sorted(str(row.state) for row in activity.shown_states)),
        status=activity.get_status_display(),
        reference=activity.reference,
        address=activity.address,
    )


def _notes(facts: CalendarFacts) -> Iterator[str]:
    yield gettext("What began earlier and still goes on stands in the first month. What has no date yet is left out.")
    if facts.state:
        yield gettext("Only activities in which the state takes part, or which take place there.")
    elif facts.sub_region:
        yield gettext("Only activities in which a state of the sub-region takes part, or which take place there.")
    if facts.is_cut:
        yield gettext("Only the first %(n)s activities are named: choose fewer months.") % {"n": MOST}


def _sources(facts: CalendarFacts) -> Iterator[SourceLine]:
    """The publications that activities were taken from, each once."""
    for source in {one.source_id: one.source for one in facts.activities if one.source}.values():
        yield SourceLine(gettext("Activities"), source.title, source.publisher, source.dated, source.caution)
