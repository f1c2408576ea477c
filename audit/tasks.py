from celery import shared_task

from audit.mails import mail_head
from audit.sealing import seal
from notices.work import heal


@shared_task
def seal_trail() -> None:
    """Once a minute, by beat. Safe to run twice, or twice at once."""
    heal()
    if head := seal():
        mail_head(head)
