"""Celery only rings: the message says which row to look at. A ring that is lost costs a minute, never the work."""

import logging
from typing import TYPE_CHECKING, Any

from celery import current_app
from django.db import connection, transaction

if TYPE_CHECKING:
    from notices.models import Job

logger = logging.getLogger(__name__)


def ring_soon(job: "Job") -> None:
    """After the transaction: the worker should look at this job. Never raises, whatever becomes of the broker."""
    label, pk = job._meta.label_lower, job.pk
    transaction.on_commit(lambda: send("notices.tasks.ring", label, pk))


def sweep_soon() -> None:
    """After the transaction: the worker should look at everything that waits (rows whose ids are not known).

    Once for each transaction: a hundred mails posted one by one are not swept up a hundred times.
    """
    if _sweep not in (waiting[1] for waiting in connection.run_on_commit):
        transaction.on_commit(_sweep)


def _sweep() -> None:
    send("notices.tasks.sweep")


def send(task: str, *arguments: Any, after: float = 0) -> None:
    """`after` is in seconds; a worker that stops meanwhile forgets it."""
    try:
        current_app.send_task(task, args=arguments, retry=False, countdown=after or None)
    except Exception:
        logger.warning("The bell could not be rung for %s %s; the sweeper will find it", task, arguments, exc_info=True)
