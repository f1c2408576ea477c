"""What Celery beat rings."""

from celery import shared_task

from correspondence.reminders import remind
from notices.work import heal


@shared_task
def remind_of_notes() -> None:
    heal()
    remind()
