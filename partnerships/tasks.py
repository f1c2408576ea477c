"""What Celery beat rings."""

from celery import shared_task

from notices.work import heal
from partnerships import expiry, promise_reminders


@shared_task
def remind_of_agreements() -> None:
    heal()
    expiry.remind()


@shared_task
def announce_overdue_commitments() -> None:
    heal()
    promise_reminders.announce_overdue()
