"""The mails of exercises: they say that there is something to read, and where; nothing of what it says."""

from typing import Any

from action_plan.actions.exercise_life import READY, REPORTED
from action_plan.exercise_notices import OUT
from action_plan.exercise_states import Stands
from action_plan.models import Exercise, Inject
from notices.kinds import mail_kind


def ready_for(person: Any, pk: int) -> Exercise | None:
    return Exercise.objects.visible_to(person).filter(pk=pk, status=Stands.READY).first()


def reported_for(person: Any, pk: int) -> Exercise | None:
    return Exercise.objects.visible_to(person).filter(pk=pk, is_released=True).first()


def inject_for(person: Any, pk: int) -> Inject | None:
    """Readable by the clock of the moment, whatever it was when the mail was put into the outbox."""
    found = Inject.objects.visible_to(person).filter(pk=pk).first()
    if found is not None:
        found.exercise = Exercise.objects.visible_to(person).get(pk=found.exercise_id)
    return found


def page_of_report(exercise: Exercise) -> str:
    return f"{exercise.get_absolute_url()}report/"


def register() -> None:
    mail_kind(READY, find=ready_for, template="emails/exercise_ready")
    mail_kind(OUT, find=inject_for, template="emails/inject_out")
    mail_kind(REPORTED, find=reported_for, template="emails/exercise_reported", link=page_of_report)
