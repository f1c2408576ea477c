"""What Celery beat rings."""

from celery import shared_task

from notices.work import heal
from partnerships import expiry


@shared_task
def remind_of_agreements() -> None:
    heal()
    expiry.remind()
