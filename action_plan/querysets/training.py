"""A course is read by whoever reads of its activity; who was nominated, by the own state and the programme alone."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, Model, OuterRef, Q
from django.db.models.functions import Coalesce

from action_plan.querysets.activities import OfActivity
from action_plan.querysets.plans import OfStateQuerySet
from common.days import start_of, today
from common.scope import reach_of
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from action_plan.models import (
        Attendance,
        Certificate,
        Course,
        CourseLetter,
        CourseSession,
        Evaluation,
        Nomination,
    )

M = TypeVar("M", bound=Model)
KEPT_AFTER, KEPT_AFTER_TAKING_PART = timedelta(days=90), timedelta(days=365)


def _over_before(day: date) -> Any:
    """Courses of which nothing was on `day` or later; in the programme's scope."""
    sessions = apps.get_model("action_plan", "CourseSession").objects
    held = sessions.filter(course=OuterRef("pk"), ends_at__gte=start_of(day))
    last = Coalesce("activity__ends_on", "activity__starts_on", "nominations_close_on")
    courses = apps.get_model("action_plan", "Course").objects.annotate(last_day=last)
    return courses.filter(last_day__lt=day, nominations_close_on__lt=day).exclude(Exists(held)).values("pk")


class CourseQuerySet(OfActivity["Course"]):
    def is_open(self) -> Self:
        """Nominations are taken until the end of the closing day."""
        return self.filter(opened_at__isnull=False, nominations_close_on__gte=today()).exclude(
            activity__status="cancelled"
        )


class CourseSessionQuerySet(models.QuerySet["CourseSession"]):
    def visible_to(self, user: Any) -> "CourseSessionQuerySet":
        courses: Any = apps.get_model("action_plan", "Course").objects.visible_to(user)
        return self.filter(Exists(courses.filter(pk=OuterRef("course"))))


class NominationQuerySet(OfStateQuerySet["Nomination"]):
    def standing(self) -> Self:
        return self.exclude(status="withdrawn")

    def selected(self) -> Self:
        return self.filter(status="selected")

    def kept(self) -> Self:
        """Whose personal data is still there."""
        return self.filter(erased_at=None)

    def past_keeping(self, day: date) -> Self:
        """Whose data nobody needs on `day`: the course is long over and no link of theirs opens any more."""
        letters = apps.get_model("action_plan", "CourseLetter").objects
        opens = letters.filter(nomination=OuterRef("pk"), closed_at=None, until__gte=day)
        took_part, others = (_over_before(day - days) for days in (KEPT_AFTER_TAKING_PART, KEPT_AFTER))
        due = Q(status="selected", course__in=took_part) | ~Q(status="selected") & Q(course__in=others)
        return self.filter(due).exclude(Exists(opens))

    def in_line(self) -> Self:
        """Whoever waits, in the order in which a free seat goes to them."""
        return self.kept().filter(status="waiting").order_by("waiting_since", "pk")

    def with_attendance(self) -> Self:
        """`sessions_held`: sessions at which they were."""
        held = Count("attendances", filter=Q(attendances__was_there=True))
        return self.annotate(sessions_held=held)


class AttendanceQuerySet(OfStateQuerySet["Attendance"]):
    pass


class CertificateQuerySet(OfStateQuerySet["Certificate"]):
    def valid(self) -> Self:
        return self.filter(revoked_at=None)


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, user: Any) -> Self:
        """The programme's alone; the page shows nothing below five answers."""
        return self if reach_of(user).staff else self.none()


class CourseLetterQuerySet(JobQuerySet["CourseLetter"]):
    def visible_to(self, user: Any) -> "CourseLetterQuerySet":
        """Administrators see that letters were sent; they say nothing."""
        if user.is_staff or reach_of(user).staff:
            return self
        nominations = apps.get_model("action_plan", "Nomination").objects.visible_to(user)
        return self.filter(nomination__in=nominations)

    def of_token(self, digest: str) -> "CourseLetterQuerySet":
        """Those whose link still opens."""
        return self.filter(digests__contains=[digest], until__gte=today(), closed_at=None)

    def unused(self) -> "CourseLetterQuerySet":
        return self.filter(is_used=False, closed_at=None)
