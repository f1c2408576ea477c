"""Reminders of applications: to whoever has the next move, and to the programme when the answer is late.

Found anew from the database whenever this is called; the ledger (notices.Mail) says what was sent. After five working
days without a move the mover is reminded, and every five after that; only the latest that has passed is mailed.
"""

from datetime import date

from common.days import day_of, today
from common.scope import PROGRAMME, scope
from csirt_network.admission.clock import clocks_of, closed_days_of
from csirt_network.admission.movers import movers_of, officers
from csirt_network.models import Application
from csirt_network.working_days import working_days_between
from notices.outbox import post

EVERY = 5  # working days


def remind() -> None:
    """Posts all that is due now. Raises nothing that a second call would not raise again."""
    with scope(PROGRAMME, page="reminders"):
        applications = list(Application.objects.open().whole())
        clocks, closed = clocks_of(applications), closed_days_of(applications)
        for application in applications:
            _remind_mover(application, closed.get(application.state_id, frozenset()))
            clock = clocks.get(application.pk)
            if clock and clock.is_overdue:
                post(kind="admission late", object_id=application.pk, people=officers(), threshold=_week(clock.left))


def _remind_mover(application: Application, closed: frozenset[date]) -> None:
    since = day_of(application.stood_since)
    passed = working_days_between(since, today(), application.state.alpha3, closed)
    if times := passed // EVERY:
        threshold = f"{times * EVERY} since {since}"
        post(kind="admission move", object_id=application.pk, people=movers_of(application), threshold=threshold)


def _week(left: int) -> str:
    """Once for every five working days that it is late."""
    return f"late {-left // EVERY * EVERY}"
