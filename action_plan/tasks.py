"""What Celery beat rings."""

from celery import shared_task

from action_plan import plan_reminders
from notices.work import heal


@shared_task
def tell_owners_of_plans() -> None:
    heal()
    plan_reminders.tell_owners()
