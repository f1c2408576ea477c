"""A course is read by whoever reads of its activity; who was nominated, by the own state and the programme alone."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, Model, OuterRef, Q

from action_plan.querysets.activities import OfActivity
from action_plan.querysets.plans import OfStateQuerySet
from common.days import today
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

    def in_line(self) -> Self:
        """Whoever waits, in the order in which a free seat goes to them."""
        return self.filter(status="waiting").order_by("waiting_since", "pk")

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
