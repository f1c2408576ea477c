"""Schedules and runs, written in the scope that may write them."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from reporting.models import Run, Schedule


def make_schedule(by: User, *states: MemberState, since: datetime | None = None, **facts: Any) -> Schedule:
    """Every Monday at 08:00 in New York, in English, to liaisons, unless `facts` say otherwise."""
    people = facts.pop("people", [])
    given = {
        "languages": ["en"],
        "every": "week",
        "weekday": 0,
        "at": time(8),
        "time_zone": "America/New_York",
        **facts,
    }
    schedule = Schedule.objects.create(made_by=by, since=since or timezone.now(), **given)
    schedule.states.set(states)
    schedule.recipients.set(people)
    return schedule


def make_run(state: MemberState, **facts: Any) -> Run:
    with scope(PROGRAMME):
        return Run.objects.create(**{"state": state, "slot": timezone.now(), "languages": ["en"], **facts})
