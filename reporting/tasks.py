"""What Celery beat rings once a minute."""

from celery import shared_task

from notices.work import heal
from reporting.due import queue_due


@shared_task
def tick() -> None:
    heal()
    queue_due()
