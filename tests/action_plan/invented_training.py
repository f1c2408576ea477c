"""Courses of the activities of the invented worlds, each with one nominee of its state."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from action_plan.models import Attendance, Certificate, Course, CourseSession, Evaluation, Nomination
from common.days import today

MODELS = {Attendance, Certificate, Course, CourseSession, Evaluation, Nomination}


def populate(activities: list[Any], pairs: list[Any], by: Any) -> None:
    now, day = timezone.now(), today()
    for activity, (state, _life) in zip(activities, pairs, strict=True):
        course = Course.objects.create(activity=activity, nominations_close_on=day, language="en", aims="x")
        times = {"starts_at": now, "ends_at": now + timedelta(hours=1)}
        session = CourseSession.objects.create(course=course, title="x", **times)
        who = {"name": "x", "email": "x@example.org", "institution": "x", "sector": "public", "language": "en"}
        nomination = Nomination.objects.create(course=course, state=state, why="x", nominated_by=by, **who)
        Attendance.objects.create(nomination=nomination, session=session, course=course, state=state, was_there=True)
        Evaluation.objects.create(course=course, content=1, trainers=1, organisation=1, use=1)
        dates = {"starts_on": day, "ends_on": day, "issued_on": day, "hours": 1}
        of_whom = {"nomination": nomination, "course": course, "state": state, "issued_by": by}
        number = f"{nomination.pk:020d}"
        Certificate.objects.create(**of_whom, **dates, number=number, name="x", title="x", language="en")
