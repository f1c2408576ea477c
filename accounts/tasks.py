from celery import shared_task

from accounts.models import SentKey
from common.scope import PROGRAMME, scope


@shared_task
def forget_sent_keys() -> None:
    with scope(PROGRAMME, page="sent keys"):
        SentKey.objects.over().delete()
