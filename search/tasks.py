"""What Celery beat rings once a minute."""

from celery import shared_task
from django.db import close_old_connections

from search import indexing


@shared_task
def sweep_search() -> None:
    close_old_connections()
    while indexing.sweep():
        pass
