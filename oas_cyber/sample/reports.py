"""Five schedules, and two briefs that somebody asked for by hand: the worker makes them."""

from datetime import time
from typing import Any

from django.utils import timezone

from member_states.models import MemberState
from oas_cyber.sample.people import Cast
from reporting.calendars.periods import Period
from reporting.models import Kind, Run, Schedule

SCHEDULES: tuple[tuple[tuple[str, ...], list[str], dict[str, Any]], ...] = (
    (
        ("chile",),
        ["es", "en"],
        {"every": "week", "weekday": 0, "at": time(8), "time_zone": "America/Santiago"},
    ),
    (
        ("barbados", "guyana", "jamaica", "trinidad-and-tobago"),
        ["en"],
        {"every": "month", "day": 1, "at": time(7, 30), "time_zone": "America/Jamaica"},
    ),
    (
        ("argentina", "brazil", "uruguay"),
        ["es", "pt-br"],
        {"every": "quarter", "day": 1, "at": time(9), "time_zone": "America/Sao_Paulo"},
    ),
)
PROGRESS: dict[str, Any] = {
    "kind": Kind.ROUND_PROGRESS,
    "to_liaisons": False,
    "every": "week",
    "weekday": 0,
    "at": time(8),
    "time_zone": "America/New_York",
}
CALENDAR: dict[str, Any] = {
    "kind": Kind.ACTIVITIES_CALENDAR,
    "period": Period.THREE,
    "sub_region": MemberState.SubRegion.CARIBBEAN,
    "to_liaisons": False,
    "every": "month",
    "day": 1,
    "at": time(8),
    "time_zone": "America/Jamaica",
}
BY_HAND = (("chile", ["es", "en"]), ("haiti", ["fr"]))


def make_reports(cast: Cast) -> None:
    states = {state.slug: state for state in MemberState.objects.all()}
    for slugs, languages, when in SCHEDULES:
        schedule = Schedule.objects.create(languages=languages, made_by=cast.officer(0), **when)
        schedule.states.set([states[slug] for slug in slugs])
        schedule.recipients.set([cast.manager, cast.officer(0)])
    progress = Schedule.objects.create(languages=["en", "es"], made_by=cast.manager, **PROGRESS)
    progress.recipients.set([cast.manager, cast.officer(0)])
    calendar = Schedule.objects.create(languages=["en", "es", "fr"], made_by=cast.officer(0), **CALENDAR)
    calendar.recipients.set([cast.officer(0)])
    for slug, languages in BY_HAND:
        Run.objects.create(state=states[slug], slot=timezone.now(), languages=languages, asked_by=cast.officer(0))
