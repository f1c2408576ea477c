"""Making reports by hand, and keeping schedules."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notices.bell import ring_soon
from reporting.due import queue_due
from reporting.kinds import Subject
from reporting.models import Run, Schedule


@transaction.atomic
def make_now(*, kind: str, subjects: Iterable[Subject], languages: list[str], by: Any) -> list[Run]:
    """One run for each subject. Asked for again while it is still being made, the same run comes back."""
    User.objects.visible_to(by).select_for_update(no_key=True).get(pk=by.pk)  # a button pressed twice waits here
    waiting = Run.objects.visible_to(by).unfinished().filter(schedule=None, asked_by=by, kind=kind, languages=languages)
    known = {run.subject: run for run in waiting}
    facts = {"kind": kind, "languages": languages, "asked_by": by, "slot": timezone.now()}
    return [known.get(subject) or _made_now(subject, facts) for subject in subjects]


def _made_now(subject: Subject, facts: dict[str, Any]) -> Run:
    run = Run.objects.create(**subject._asdict(), **facts)
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
