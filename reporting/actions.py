"""Making reports by hand, and keeping schedules."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from member_states.models import MemberState
from notices.bell import ring_soon
from reporting.due import queue_due
from reporting.models import Run, Schedule


@transaction.atomic
def make_now(*, states: Iterable[MemberState], languages: list[str], by: Any) -> list[Run]:
    """One run for each state. Asked for again while it is still being made, the same run comes back."""
    User.objects.visible_to(by).select_for_update(no_key=True).get(pk=by.pk)  # a button pressed twice waits here
    waiting = Run.objects.visible_to(by).unfinished().filter(schedule=None, asked_by=by, languages=languages)
    known = {run.state_id: run for run in waiting}
    now = timezone.now()
    return [known.get(state.pk) or _made_now(state, languages, by, now) for state in states]


def _made_now(state: MemberState, languages: list[str], by: Any, now: Any) -> Run:
    run = Run.objects.create(state=state, languages=languages, slot=now, asked_by=by)
    ring_soon(run)
    return run


@transaction.atomic
def pause(*, schedule: Schedule, by: Any) -> None:
    """What was due before is still made."""
    queue_due(schedule)
    Schedule.objects.visible_to(by).filter(pk=schedule.pk).update(is_active=False)


@transaction.atomic
def resume(*, schedule: Schedule, by: Any) -> None:
    """From now on: what the pause left out is not made up for."""
    paused = Schedule.objects.visible_to(by).filter(pk=schedule.pk, is_active=False)
    paused.update(is_active=True, since=timezone.now())
