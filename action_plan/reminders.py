"""Reminders of recommendations that wait for the state: what is due by now and is not in the ledger (notices.Mail) yet.

30 days before the due date, on it, and 30 days after. Found anew whenever this is called: a worker that was away makes
up for it, and where several thresholds have passed, only the latest is mailed. Who moves the date begins a new count.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from action_plan.actions.missions import liaisons_of
from action_plan.models import Recommendation
from common.days import day_of, today
from common.scope import PROGRAMME, scope
from member_states.models import Liaison
from notices.models import Mail
from notices.outbox import post

DUE = "recommendation due"
AROUND_DUE_DATE = (-30, 0, 30)  # days


def remind() -> None:
    with scope(PROGRAMME, page="reminders"):
        due = dict(_due(today()))
        told = Mail.objects.filter(kind=DUE, object_id__in=[pk for pk, _threshold in due])
        leads: dict[int, list[Any]] = defaultdict(list)
        for key in due.keys() - set(told.values_list("object_id", "threshold")):
            recommendation = due[key]
            state = recommendation.state_id
            if state not in leads:
                leads[state] = liaisons_of(state, Liaison.Kind.LEAD)
            officer = recommendation.of.officer
            people = {person.pk: person for person in (*leads[state], officer) if person is not None}
            post(kind=DUE, object_id=recommendation.pk, people=people.values(), threshold=key[1])


def passed(due_on: date, since: date, day: date) -> int | None:
    """The last threshold that has come by `day`; those before the state could read of it never count."""
    come = [days for days in AROUND_DUE_DATE if since <= due_on + timedelta(days=days) <= day]
    return come[-1] if come else None


def _due(day: date) -> Iterable[tuple[tuple[int, str], Recommendation]]:
    """A report that waits for the programme is no duty of the state."""
    near = Recommendation.objects.to_report().filter(due_on__lte=day + timedelta(days=30))
    for recommendation in near.select_related("mission__activity__officer", "exercise__director"):
        released: Any = recommendation.of.released_at
        since = max(day_of(released), day_of(recommendation.made_at))
        if (days := passed(recommendation.due_on, since, day)) is not None:
            yield (recommendation.pk, f"{days:+} {recommendation.due_on}"), recommendation
