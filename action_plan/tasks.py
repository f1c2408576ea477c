"""What Celery beat rings."""

from celery import shared_task

from action_plan import erasing, exercise_notices, nomination_reminders, plan_reminders, reminders
from notices.work import heal


@shared_task
def tell_owners_of_plans() -> None:
    heal()
    plan_reminders.tell_owners()


@shared_task
def remind_of_recommendations() -> None:
    heal()
    reminders.remind()


@shared_task
def remind_of_nominations() -> None:
    heal()
    nomination_reminders.remind()


@shared_task
def erase_people() -> None:
    heal()
    erasing.erase_nominees()
    erasing.erase_experts()


@shared_task
def announce_injects() -> None:
    """Once a minute, and when a clock begins to run. What is due before the next time is rung for in advance."""
    heal()
    exercise_notices.announce()
    exercise_notices.ring_ahead()


@shared_task
def announce_due() -> None:
    heal()
    exercise_notices.announce()
