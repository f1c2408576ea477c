"""Who was there. The figures of the activity are counted from it, in one statement."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from action_plan.course_letters import write_letter
from action_plan.models import Attendance, Course, CourseSession, Evaluation, Nomination
from action_plan.participants import letter_to_answer
from common.scope import PROGRAMME, scope
from review.actions import Refused

# A participant is who was at one session at least. Lines that nobody stands for any more go.
COUNT = """
WITH counted AS (
    SELECT n.state_id, n.sector,
           count(*) FILTER (WHERE n.gender = 'woman') AS women,
           count(*) FILTER (WHERE n.gender = 'man') AS men,
           count(*) FILTER (WHERE n.gender = 'other') AS other,
           count(*) FILTER (WHERE n.gender = 'not stated') AS not_stated
      FROM action_plan_nomination n
     WHERE n.course_id = %(course)s AND n.status = 'selected'
       AND EXISTS (SELECT 1 FROM action_plan_attendance a WHERE a.nomination_id = n.id AND a.was_there)
     GROUP BY n.state_id, n.sector
), gone AS (
    DELETE FROM action_plan_participantcount p
     WHERE p.activity_id = %(activity)s
       AND NOT EXISTS (SELECT 1 FROM counted c WHERE c.state_id = p.state_id AND c.sector = p.sector)
)
INSERT INTO action_plan_participantcount (activity_id, state_id, sector, women, men, other, not_stated)
SELECT %(activity)s, state_id, sector, women, men, other, not_stated FROM counted
ON CONFLICT (activity_id, state_id, sector) DO UPDATE
   SET women = excluded.women, men = excluded.men, other = excluded.other, not_stated = excluded.not_stated
"""


@transaction.atomic
def record(*, course: Course, session: CourseSession, was_there: Mapping[int, bool], by: Any) -> None:
    """`was_there` by nomination; of those it does not name nothing is said."""
    if not session.has_begun:
        raise Refused(_("This session has not begun yet."))
    people = Nomination.objects.visible_to(by).filter(course=course, pk__in=was_there).selected()
    rows = [
        Attendance(nomination=who, session=session, course=course, state_id=who.state_id, was_there=was_there[who.pk])
        for who in people
    ]
    Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["nomination", "session"], update_fields=["was_there"]
    )
    count_participants(course)


def count_participants(course: Course) -> None:
    """Once attendance is recorded; figures that were entered by hand before give way to it."""
    if not Attendance.objects.filter(course=course).exists():
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"course": course.pk, "activity": course.activity_id})


@transaction.atomic
def ask_for_evaluation(*, course: Course, by: Any) -> int:
    """A letter to everybody who was there; who got one already gets none. Says how many were there."""
    selected = Nomination.objects.visible_to(by).filter(course=course).kept().selected()
    there = selected.filter(attendances__was_there=True).distinct()
    for person in there:
        write_letter(person, "evaluation", ends_on=course.activity.ends_on)
    if not there:
        raise Refused(_("Nobody’s attendance is recorded yet, so there is nobody to ask."))
    Course.objects.visible_to(by).filter(pk=course.pk).update(evaluation_asked_at=timezone.now())
    return len(there)


def evaluate(*, token: str, evaluation: Evaluation) -> bool:
    """Once for each link; false when it was used already. Nothing ties the answers to the letter."""
    with scope(PROGRAMME):
        letter = letter_to_answer(token)
        if letter is None or not type(letter).objects.filter(pk=letter.pk).unused().update(is_used=True):
            return False
        evaluation.course_id = letter.nomination.course_id
        evaluation.save()
        return True
