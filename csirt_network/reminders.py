"""Reminders of alerts that wait for an answer: what is due by now and is not in the ledger (notices.Mail) yet.

Everything is found anew whenever this is called, and in the reach of each person: nobody is reminded of what they may
not read, and a worker that was away makes up for it. Where both thresholds have passed, only the later one is mailed.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import Alert, Reader, TeamMember
from notices.models import Mail
from notices.outbox import post

ANSWER_DUE = "alert answer due"
BEFORE = timedelta(hours=24)
PATIENCE = timedelta(days=7)  # after that somebody calls


def remind() -> None:
    moment = timezone.now()
    with scope(PROGRAMME, page="reminders"):
        people = list(_people())
    for person in people:
        with scope(reach_of(person), page="reminders"):
            _remind(person, moment)


def threshold_of(alert: Alert, moment: datetime) -> str:
    """With the day it counts from: who moves the day, begins a new count. What was published later has no "soon"."""
    due: Any = alert.answer_by
    if moment >= due:
        return f"late {due:%y%m%d%H%M}"
    is_soon = alert.published_at is not None and alert.published_at < due - BEFORE <= moment
    return f"soon {due:%y%m%d%H%M}" if is_soon else ""


def _people() -> Any:
    """Of the teams, and those whom an alert names."""
    of_teams = TeamMember.objects.current().values("person")
    named = Reader.objects.filter(person__isnull=False).values("person")
    return User.objects.filter(Q(pk__in=of_teams) | Q(pk__in=named), is_active=True).order_by("pk")


def _remind(person: Any, moment: datetime) -> None:
    waiting = Alert.objects.visible_to(person).waiting_for(person)
    near = waiting.filter(answer_by__lte=moment + BEFORE, answer_by__gte=moment - PATIENCE)
    due = {alert.pk: threshold for alert in near if (threshold := threshold_of(alert, moment))}
    told = Mail.objects.filter(kind=ANSWER_DUE, object_id__in=due, person=person)
    for pk, threshold in set(due.items()) - set(told.values_list("object_id", "threshold")):
        post(kind=ANSWER_DUE, object_id=pk, people=[person], threshold=threshold)
