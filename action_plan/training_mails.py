"""What liaisons are told of courses, asked in the reach of whoever gets it. Texts: templates/emails."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from action_plan.models import ActivityState, Course, Nomination
from action_plan.nomination_reminders import KIND, silent
from common.scope import reach_of
from notices.kinds import Matter, liaisons, mail_kind

COURSES = Matter("courses", _("A course takes nominations, and what became of them"), liaisons)


def register() -> None:
    mail_kind("course open", find=open_course, template="emails/course_open", matter=COURSES)
    mail_kind(KIND, find=closing_course, template="emails/nominations_close", matter=COURSES)
    mail_kind("nomination decided", find=decided_nomination, template="emails/nomination_decided", matter=COURSES)


def open_course(person: Any, pk: int) -> Course | None:
    return Course.objects.visible_to(person).is_open().select_related("activity").filter(pk=pk).first()


def closing_course(person: Any, pk: int) -> Course | None:
    """While a state that the person nominates for stands with nobody."""
    course = open_course(person, pk)
    if course is None or not person.has_perm("action_plan.nominate", course):
        return None
    states = ActivityState.objects.visible_to(person).filter(state__in=reach_of(person).spoken_for)
    return course if silent(course, states, Nomination.objects.visible_to(person)).exists() else None


def decided_nomination(person: Any, pk: int) -> Nomination | None:
    """Not when it was withdrawn meanwhile."""
    mine = Nomination.objects.visible_to(person).standing().select_related("course__activity", "state")
    return mine.filter(pk=pk).exclude(status=Nomination.Status.NOMINATED).first()
