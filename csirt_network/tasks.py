"""What Celery beat rings."""

from celery import shared_task

from csirt_network import reminders
from csirt_network.admission import reminders as admission_reminders
from notices.work import heal


@shared_task
def remind_of_alerts() -> None:
    heal()
    reminders.remind()


@shared_task
def remind_of_applications() -> None:
    heal()
    admission_reminders.remind()
