"""The last day that a note names by itself. Its reply is never asked for after it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from action_plan.models import Course
from capability.models import Round, Update
from common.days import today
from member_states.models import MemberState


def updates_of(round: Round, by: Any) -> dict[int, Update]:
    """By state: what each one invited to the round was given time for."""
    found = Update.objects.visible_to(by).filter(round=round).select_related("round")
    return {update.state_id: update for update in found}


def last_day(record: Any, update: Update | None = None) -> date | None:
    """`update` is that of the state in the round: it may have been given more time."""
    if isinstance(record, Round):
        return (update and update.due_on) or record.due_on
    return record.nominations_close_on if isinstance(record, Course) else None


def deadlines(record: Any, states: Iterable[MemberState], by: Any) -> dict[MemberState, date]:
    """Those that are not over: of a round that is late a note may still ask."""
    updates = updates_of(record, by) if isinstance(record, Round) else {}
    days = {state: last_day(record, updates.get(state.pk)) for state in states}
    return {state: day for state, day in days.items() if day and day >= today()}
