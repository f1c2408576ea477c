"""What Celery beat rings."""

from celery import shared_task

from exchange import token_reminders
from exchange.actions import importing
from exchange.actions.collections import keep_collections
from exchange.actions.mirrorings import mirror_all
from exchange.actions.referring import keep_references
from exchange.actions.warning import look_anew, look_at_what_was_missed
from exchange.mirroring import catch_up
from exchange.pushing import forget
from notices.work import heal


@shared_task
def catch_up_with_alerts() -> None:
    heal()
    keep_collections()
    catch_up()


@shared_task
def compare_collections() -> None:
    heal()
    mirror_all()
    keep_references()


@shared_task
def remind_of_machine_tokens() -> None:
    heal()
    token_reminders.remind()


@shared_task
def forget_pushes() -> None:
    heal()
    forget()
    importing.forget()


@shared_task
def look_for_missed_warnings() -> None:
    heal()
    look_at_what_was_missed()


@shared_task
def look_for_warnings_anew() -> None:
    heal()
    look_anew()
