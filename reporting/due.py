"""From schedules to runs: what is due is put in the queue, once, whoever asks and however often."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from common.scope import PROGRAMME, scope
from notices.bell import sweep_soon
from reporting.kinds import KINDS, Subject
from reporting.models import Run, Schedule
from reporting.slots import slots

logger = logging.getLogger(__name__)

CATCH_UP = timedelta(days=3)
LOOK_BACK = timedelta(days=100)  # longer than a quarter

Due = tuple[int, datetime, Subject]  # schedule, slot, what it is about


def queue_due(only: Schedule | None = None) -> int:
    """Queues what active schedules owe by now; returns how many runs were missing. Safe to call at the same moment."""
    with scope(PROGRAMME, page="schedule"):
        schedules = Schedule.objects.active().prefetch_related("states")
        schedules = schedules.filter(pk=only.pk) if only else schedules
        owed = {due: schedule for schedule in schedules for due in _owed(schedule, timezone.now())}
        missing = owed.keys() - _queued(owed)
        ordered = sorted(
            missing,
            key=lambda due: (due[0], due[1], due[2].state_id or 0, due[2].round_id or 0, due[2].agreement_id or 0),
        )
        Run.objects.bulk_create([_run(owed[due], due) for due in ordered], ignore_conflicts=True)
        if missing:
            sweep_soon()
        return len(missing)


def due_slots(schedule: Schedule, now: datetime) -> list[datetime]:
    """All of the last three days, of those before only the latest, and none from before the schedule was so."""
    found = list(slots(schedule, max(schedule.since, now - LOOK_BACK), now))
    older = [slot for slot in found if slot <= now - CATCH_UP]
    return older[-1:] + found[len(older) :]


def _owed(schedule: Schedule, now: datetime) -> list[Due]:
    """A schedule that cannot be read must not keep the others waiting."""
    try:
        moments = due_slots(schedule, now)
    except Exception:
        logger.exception("Schedule %s cannot be read", schedule.pk)
        return []
    return [(schedule.pk, slot, subject) for slot, subject in KINDS[schedule.kind].due(schedule, moments)]


def _queued(owed: Iterable[Due]) -> set[Due]:
    """Asked first, so that a tick that finds nothing new writes nothing."""
    keys = list(owed)
    known = Run.objects.filter(schedule__in={key[0] for key in keys}, slot__in={key[1] for key in keys})
    rows = known.values_list("schedule_id", "slot", *Subject._fields)
    return {(schedule, slot, Subject(*about)) for schedule, slot, *about in rows if schedule}


def _run(schedule: Schedule, due: Due) -> Run:
    _schedule, slot, subject = due
    given = {**subject._asdict(), "languages": schedule.languages}
    return Run(kind=schedule.kind, schedule=schedule, slot=slot, **given)
