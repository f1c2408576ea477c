"""What Celery beat rings once a minute."""

from celery import shared_task
from django.db import close_old_connections

from reporting.due import queue_due


@shared_task
def tick() -> None:
    close_old_connections()
    queue_due()
