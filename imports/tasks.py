from celery import shared_task

from imports import actions


@shared_task
def forget_people() -> None:
    actions.forget()
