"""What Celery beat rings once a minute."""

from celery import shared_task

from notices.work import heal
from search import indexing


@shared_task
def sweep_search() -> None:
    heal()
    while indexing.sweep():
        pass
