"""What Celery runs. Ids in, one call, safe to run twice."""

import logging

from celery import shared_task
from django.apps import apps

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from notices import badge, bell
from notices.duties import turn_of
from notices.models import Job
from notices.work import bury, heal, work

BATCH = 500
logger = logging.getLogger(__name__)


@shared_task
def ring(label: str, pk: int) -> None:
    """Somebody waits for this row; ``label`` such as "notices.mail"."""
    heal()
    work(apps.get_model(label), pk)


@shared_task
def sweep() -> None:
    """Once a minute, by beat: rings for everything that waits, so that a lost message or worker loses nothing."""
    heal()
    for kind in Job.kinds():
        _bury(kind)
        for pk in waiting(kind):
            bell.send("notices.tasks.ring", kind._meta.label_lower, pk)


def _bury(kind: type[Job]) -> None:
    """What cannot be told of the lost of one kind keeps nobody else waiting."""
    try:
        bury(kind)
    except Exception:
        logger.exception("What was lost of %s stays as it is", kind.__name__)


def waiting(kind: type[Job]) -> list[int]:
    """The oldest first; what is left over is found a minute later."""
    with scope(PROGRAMME, page="worker"):
        return list(kind.objects.waiting().order_by("not_before", "pk").values_list("pk", flat=True)[:BATCH])


@shared_task
def count_turn(pk: int) -> None:
    """For the number in the navigation; in the reach of the person."""
    heal()
    person = User.objects.filter(pk=pk, is_active=True).first()
    if person is None:
        return
    with scope(reach_of(person), read_only=True, page="worker"):
        badge.keep(person, turn_of(person))
