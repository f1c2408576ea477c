"""What Celery beat rings: once a minute, and once an hour."""

from celery import shared_task

from notices.work import heal
from reporting import expiry
from reporting.due import queue_due


@shared_task
def tick() -> None:
    heal()
    queue_due()


@shared_task
def expire_files() -> None:
    expiry.expire()
