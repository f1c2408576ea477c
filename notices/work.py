"""How a piece of work is claimed, kept, finished or put off.

A job is taken under a lease and a number, its attempt: whoever holds the latest number may write the result. A worker
that dies loses its lease and the work is taken again; a worker that was slow, not dead, finds its number outdated and
its result is thrown away. The queue itself is the programme's (``scope(PROGRAMME)``); the work is done in the reach of
those it is for.
"""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from common.scope import PROGRAMME, scope
from notices.bell import ring_soon

if TYPE_CHECKING:
    from notices.models import Job

logger = logging.getLogger(__name__)

J = TypeVar("J", bound="Job")

BROKE = gettext_noop("Something went wrong while this was made. The log of the worker says what; try again later.")
WORKER_LOST = gettext_noop("The worker stopped each time it worked on this. The log of the worker says when.")

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)


class LeaseLost(Exception):
    """Somebody else holds the work now: whatever was made is thrown away."""


class Postponed(Exception):
    """The work cannot be done now. Its message is a sentence for staff (English, a message of the catalogue)."""


class Hopeless(Postponed):
    """No later attempt would go better: the work has failed."""


def claim(kind: type[J], pk: int) -> J | None:
    """Takes the job for this process, or None when it is done, not yet due or somebody else's.

    The `attempts` of the job returned are its token.
    """
    with scope(PROGRAMME, page="worker"):
        waiting = kind.objects.waiting().filter(pk=pk)
        taken = waiting.exclude(pk__in=kind.objects.spent().values("pk")).update(
            status="running", attempts=F("attempts") + 1, lease_until=_lease(), reason="", done=0, total=0
        )
        return kind.objects.get(pk=pk) if taken else None


def step(job: "Job", done: int, total: int) -> None:
    """Shows how far the work is and renews the lease; raises LeaseLost when there is no sense in going on."""
    _write(job, job.attempts, done=done, total=total, lease_until=_lease())


def finish(job: "Job", token: int, *, reason: str = "", **facts: Any) -> None:
    """Marks the job as done, with `facts` for its other columns; raises LeaseLost when `token` is not the latest.

    Call it in the transaction that stores the result, so that a result too late is rolled back with it.
    """
    _write(job, token, status="done", finished_at=Now(), lease_until=None, reason=reason, **facts)


def postpone(job: "Job", token: int, reason: str) -> None:
    """Puts the job off for a minute, then four, up to six hours; after the last attempt it has failed."""
    if token % job.MAX_ATTEMPTS == 0:
        return fail(job, token, reason)
    wait = min(FIRST_WAIT * 4 ** (token % job.MAX_ATTEMPTS - 1), LONGEST_WAIT)
    _write(job, token, status="queued", not_before=Now() + wait, lease_until=None, reason=reason)


def fail(job: "Job", token: int, reason: str) -> None:
    with transaction.atomic():
        _write(job, token, status="failed", finished_at=Now(), lease_until=None, reason=reason)
        job.has_failed()


def retry(job: "Job") -> bool:
    """Queues a failed job again, for as many attempts as before; False when it has not failed."""
    failed = type(job).objects.filter(pk=job.pk, status="failed")
    if not failed.update(status="queued", not_before=Now(), finished_at=None, reason=""):
        return False
    ring_soon(job)
    return True


def bury(kind: type["Job"]) -> int:
    """Marks as failed what lost its worker at the last attempt as well."""
    with scope(PROGRAMME, page="worker"), transaction.atomic():
        lost = list(kind.objects.spent().select_for_update(skip_locked=True))
        of_these = kind.objects.filter(pk__in=[job.pk for job in lost])
        of_these.update(status="failed", finished_at=Now(), lease_until=None, reason=WORKER_LOST)
        for job in lost:
            job.has_failed()
    return len(lost)


def work(kind: type["Job"], pk: int) -> None:
    """Claims the job and performs it. Never raises: what goes wrong is written down, in the row or in the log."""
    job = claim(kind, pk)
    if job is None:
        return
    token = job.attempts
    try:
        job.perform()
    except LeaseLost:
        logger.warning("%s %s was taken over by another worker", kind.__name__, pk)
    except Exception as error:
        logger.exception("%s %s could not be done (attempt %s)", kind.__name__, pk, token)
        _put_off(job, token, error)


def _put_off(job: "Job", token: int, error: Exception) -> None:
    """On a new connection if the old one broke. Should this fail as well, the lease runs out and the work is taken."""
    heal()
    give_up = fail if isinstance(error, Hopeless) else postpone
    try:
        give_up(job, token, str(error) if isinstance(error, Postponed) else BROKE)
    except LeaseLost:
        pass
    except Exception:
        logger.exception("%s %s stays with its lease", type(job).__name__, job.pk)


def heal() -> None:
    """Drops a connection that broke, so that the next query makes a new one."""
    if not connection.in_atomic_block:
        close_old_connections()


def _write(job: "Job", token: int, **columns: Any) -> None:
    held = Q(pk=job.pk, status="running", attempts=token)
    with scope(PROGRAMME, page="worker"):
        if not type(job).objects.filter(held).update(**columns):
            raise LeaseLost
    for name, value in columns.items():
        if not hasattr(value, "resolve_expression"):
            setattr(job, name, value)


def _lease() -> Any:
    return Now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
