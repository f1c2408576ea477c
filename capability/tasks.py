"""What Celery beat rings once an hour."""

from celery import shared_task

from capability import reminders
from notices.work import heal


@shared_task
def remind() -> None:
    heal()
    reminders.remind()
