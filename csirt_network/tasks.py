"""What Celery beat rings."""

from celery import shared_task
from django.utils import timezone

from common.scope import PROGRAMME, scope
from csirt_network import reminders
from csirt_network.actions.freshness import check_security_txt
from csirt_network.admission import reminders as admission_reminders
from csirt_network.ending_keys import KEY_ENDS, keys_to_warn_of
from csirt_network.freshness import begin_entries, representatives_of, unconfirmed
from notices.outbox import post
from notices.work import heal


@shared_task
def remind_of_alerts() -> None:
    heal()
    reminders.remind()


@shared_task
def remind_of_applications() -> None:
    heal()
    admission_reminders.remind()


@shared_task
def remind_of_entries() -> None:
    """Once for each threshold and representative, however often it is rung: the ledger of mails holds to it."""
    heal()
    with scope(PROGRAMME, page="reminders"):
        begin_entries()
        for team, profile, threshold in unconfirmed(timezone.now()):
            post(kind="entry to confirm", object_id=profile, people=representatives_of(team), threshold=threshold)
        for key, threshold in keys_to_warn_of():
            post(kind=KEY_ENDS, object_id=key.pk, people=representatives_of(key.team), threshold=threshold)


@shared_task
def check_security_txts() -> None:
    check_security_txt()
