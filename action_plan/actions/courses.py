"""Setting a course up, its sessions, and opening it for nominations."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from action_plan.actions.selection import fill_seats
from action_plan.models import ActivityState, Attendance, Course, CourseSession, Nomination
from common.days import today
from member_states.models import Liaison
from notices.outbox import post
from review.actions import Refused


@transaction.atomic
def set_up(*, course: Course, by: Any) -> None:
    """Fewer seats than are given are refused; more go to whoever waits."""
    if course.pk:
        hold(course, by)
        given = Nomination.objects.visible_to(by).filter(course=course).selected().count()
        if course.seats < given:
            raise Refused(
                _("%(given)s people are selected already. Give the course at least as many seats.") % {"given": given}
            )
    course.save()
    fill_seats(course=course, by=by)


@transaction.atomic
def open_nominations(*, course: Course, by: Any) -> None:
    """Tells the lead liaisons of the states that take part; once more tells only those who came since."""
    held = hold(course, by)
    states = list(
        ActivityState.objects.visible_to(by).filter(activity=held.activity_id).values_list("state", flat=True)
    )
    if not states:
        raise Refused(_("No state takes part yet. Name the states in the activity first."))
    if held.activity.audience == "staff":
        raise Refused(_("Only the programme’s staff read of this activity. Let the states that take part read of it."))
    if held.nominations_close_on < today():
        raise Refused(_("The day until which nominations are taken is over. Choose a later one first."))
    Course.objects.visible_to(by).filter(pk=held.pk, opened_at=None).update(opened_at=timezone.now())
    leads = Liaison.objects.current().filter(state__in=states, kind=Liaison.Kind.LEAD).select_related("person")
    post(kind="course open", object_id=held.pk, people={lead.person for lead in leads})


@transaction.atomic
def remove_session(*, session: CourseSession, by: Any) -> None:
    if Attendance.objects.visible_to(by).filter(session=session).exists():
        raise Refused(_("Somebody’s attendance is recorded for this session, so it stays."))
    session.delete()


def hold(course: Course, by: Any) -> Course:
    """Whoever gives seats holds the course until it is written: two cannot give the last one."""
    held = Course.objects.visible_to(by).select_for_update(of=("self",)).select_related("activity")
    return held.get(pk=course.pk)
