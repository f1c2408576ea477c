"""Reminders to liaisons whose state has nominated nobody yet, 7 days and 1 day before nominations close.

What is due and not in the ledger (notices.Mail) yet is found anew each time: a worker that was away makes up for it,
and where both days have passed, only the later one is mailed. Another closing day begins a new count.
"""

from datetime import date, timedelta
from typing import Any

from action_plan.models import ActivityState, Course, Nomination
from common.days import day_of, today
from common.scope import PROGRAMME, scope
from member_states.models import Liaison
from notices.models import Mail
from notices.outbox import post

KIND = "nominations close"
BEFORE = (7, 1)  # days


def remind() -> None:
    with scope(PROGRAMME, page="reminders"):
        day = today()
        soon = Course.objects.is_open().filter(nominations_close_on__lte=day + timedelta(days=max(BEFORE)))
        for course in soon:
            opened: Any = course.opened_at
            days = passed(course.nominations_close_on, day_of(opened), day)
            if days is not None:
                _remind(course, f"-{days} {course.nominations_close_on}")


def passed(closes_on: date, opened_on: date, day: date) -> int | None:
    """The last threshold that has come by `day`; who was told of the course on that day or later needs none."""
    come = [days for days in BEFORE if opened_on < closes_on - timedelta(days=days) <= day]
    return come[-1] if come else None


def silent(course: Course, states: Any, nominations: Any) -> Any:
    """Of the `states` that take part those that stand with nobody among the `nominations`."""
    said = nominations.standing().filter(course=course).values("state")
    return states.filter(activity=course.activity_id).exclude(state__in=said)


def _remind(course: Course, threshold: str) -> None:
    states = silent(course, ActivityState.objects.all(), Nomination.objects.all()).values("state")
    told = Mail.objects.filter(kind=KIND, object_id=course.pk, threshold=threshold).values("person")
    liaisons = Liaison.objects.current().filter(state__in=states, kind__in=(Liaison.Kind.LEAD, Liaison.Kind.DEPUTY))
    people = {one.person for one in liaisons.exclude(person__in=told).select_related("person")}
    if people:
        post(kind=KIND, object_id=course.pk, people=people, threshold=threshold)
