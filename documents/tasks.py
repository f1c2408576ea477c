"""What Celery beat rings."""

from celery import shared_task

from documents import erasing, links


@shared_task
def erase() -> None:
    """Once a minute: most often there is nothing left to do."""
    erasing.erase_withdrawn()


@shared_task
def note_links() -> None:
    links.note()


@shared_task
def check_links() -> None:
    """Once a minute, for less than a minute."""
    links.check()
