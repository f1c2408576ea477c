"""What Celery beat rings."""

from celery import shared_task

from csirt_network import reminders
from notices.work import heal


@shared_task
def remind_of_alerts() -> None:
    heal()
    reminders.remind()
