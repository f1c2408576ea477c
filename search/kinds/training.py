"""Courses, found like their activities, and the certificates of them, for the own state and the programme's staff."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan.models import Audience, Certificate, Course
from common.scope import reach_of
from search.kinds import PROGRAMME, Kind, four, in_each_language, searchable


@searchable
class Courses(Kind[Course]):
    code, name, model = "course", _("Courses"), Course

    def standing(self, rows: QuerySet[Course]) -> QuerySet[Course]:
        return rows.select_related("activity")

    def unindexed(self, user: Any) -> QuerySet[Course] | None:
        """As with activities: what only those who take part read is looked through."""
        reach = reach_of(user)
        if reach.staff or not reach.states:
            return None
        return self.rows(user).filter(activity__audience=Audience.PARTICIPANTS).order_by("-pk")

    def words(self, row: Course) -> Iterable[str]:
        said = [*four(row.activity, "title"), row.aims, row.prerequisites]
        return [*said, *in_each_language(row.get_level_display), *in_each_language(lambda: Course._meta.verbose_name)]

    def title(self, row: Course) -> str:
        return row.activity.title

    def text(self, row: Course) -> str:
        return row.aims

    def url(self, row: Course, user: Any) -> str:
        return row.get_absolute_url()

    def audience_of(self, row: Course) -> str:
        shared = (Audience.STATES, Audience.PUBLIC)
        return row.activity.audience if row.activity.audience in shared else PROGRAMME


@searchable
class Certificates(Kind[Certificate]):
    """By number, name and course. A name is no spelling that is suggested to anybody."""

    code, name, model, audience, is_spelt = "certificate", _("Certificates"), Certificate, PROGRAMME, False

    def standing(self, rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
        return rows.select_related("state", "course__activity")

    def words(self, row: Certificate) -> Iterable[str]:
        return [row.number, row.spelled, row.name, row.title]

    def title(self, row: Certificate) -> str:
        return str(row)

    def text(self, row: Certificate) -> str:
        return row.title

    def url(self, row: Certificate, user: Any) -> str:
        return reverse("course-certificates", args=[row.course.activity.slug])
