"""Courses of invented programmes, whom states nominate for them, and the letters that people without account get."""

import itertools
import re
from datetime import date, timedelta
from typing import Any

from django.core import mail
from django.utils import timezone

from action_plan.actions.selection import Decision, decide, nominate
from action_plan.models import Course, CourseLetter, CourseSession, Nomination
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from notices.work import work
from tests.factories.action_plan import make_activity

LINK = re.compile(r"https?://[^/\s]+(/participants/\S+)")
NUMBERS = itertools.count(1)


def make_course(*states: Any, title: str = "Incident handling", seats: int = 2, **facts: Any) -> Course:
    """Open for nominations for ten days, with two sessions of three hours that are over."""
    of_activity = {name: facts.pop(name) for name in ("audience", "slug", "starts_on", "ends_on") if name in facts}
    with scope(PROGRAMME):
        activity = make_activity(title, *states, **of_activity)
        usual = {"nominations_close_on": today() + timedelta(days=10), "language": "es", "aims": "To handle incidents"}
        course = Course.objects.create(
            **{**usual, "activity": activity, "seats": seats, "opened_at": timezone.now(), **facts}
        )
        for days in (3, 2):
            make_session(course, days_ago=days)
    return course


def make_session(course: Course, *, days_ago: int, **facts: Any) -> CourseSession:
    starts_at = timezone.now() - timedelta(days=days_ago)
    usual = {"title": "Triage", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)}
    with scope(PROGRAMME):
        return CourseSession.objects.create(course=course, **{**usual, **facts})


def make_nomination(course: Course, state: Any, *, by: Any, **facts: Any) -> Nomination:
    """Of the public sector, in Spanish, of somebody whose gender is not stated."""
    number = next(NUMBERS)
    usual = {
        "name": f"Nominee {number}",
        "email": f"nominee-{number}@example.org",
        "institution": "Ministry of Justice",
        "sector": "public",
        "language": "es",
        "why": "Works in the team",
    }
    nomination = Nomination(**{**usual, **facts})
    with scope(reach_of(by)):
        nominate(nomination=nomination, course=Course.objects.get(pk=course.pk), state=state, by=by)
    return nomination


def choose(nomination: Nomination, status: str = "selected", because: str = "", *, by: Any) -> Nomination:
    with scope(reach_of(by)):
        held = Nomination.objects.get(pk=nomination.pk)
        decide(course=nomination.course, decisions=[Decision(held.pk, status, because, held.status)], by=by)
    return fresh(nomination)


def fresh(nomination: Nomination) -> Nomination:
    with scope(PROGRAMME):
        return Nomination.objects.select_related("course__activity").get(pk=nomination.pk)


def link_of(nomination: Nomination, about: str) -> str:
    """Sends the letter and reads the link in it, as its reader does."""
    letter = CourseLetter.objects.filter(nomination=nomination, about=about).latest("pk")
    work(CourseLetter, letter.pk)
    return LINK.search(mail.outbox[-1].body)[1]


def a_day(days: int) -> date:
    return today() + timedelta(days=days)
