"""What else the action plan holds: exercises, for those who play or watch, and the roster, for the staff alone."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from action_plan.models import Exercise, Expert
from common.scope import reach_of
from search.kinds import PROGRAMME, Kind, four, in_each_language, named, searchable


@searchable
class Exercises(Kind[Exercise]):
    code, name, model, audience = "exercise", _("Exercises"), Exercise, PROGRAMME

    def unindexed(self, user: Any) -> QuerySet[Exercise] | None:
        """Who plays stands with each: so those who are not of the staff have theirs looked through."""
        reach = reach_of(user)
        return None if reach.staff or not reach.person else self.rows(user).order_by("-pk")

    def words(self, row: Exercise) -> Iterable[str]:
        return [row.name, row.scenario, row.objectives, *in_each_language(lambda: Exercise._meta.verbose_name)]

    def text(self, row: Exercise) -> str:
        """The label goes wherever the words go."""
        return f"{row.get_tlp_display()}. {row.scenario}"

    def url(self, row: Exercise, user: Any) -> str:
        return row.get_absolute_url()


@searchable
class Experts(Kind[Expert]):
    """Not who has left: their words go with the next sweep, and no spelling is kept of anybody."""

    code, name, model, audience, is_spelt = "expert", _("Experts"), Expert, PROGRAMME, False

    def standing(self, rows: QuerySet[Expert]) -> QuerySet[Expert]:
        found = rows.exclude(status=Expert.Status.LEFT).select_related("country")
        return found.prefetch_related("skills__factor")

    def words(self, row: Expert) -> Iterable[str]:
        factors = [skill.factor for skill in row.skills.all()]
        skills = [name for factor in factors for name in (factor.code, *four(factor, "name"))]
        return [row.name, row.biography, row.elsewhere, *named(row.country), *skills]

    def text(self, row: Expert) -> str:
        return ". ".join(filter(None, (str(row.country or row.elsewhere), row.biography)))

    def url(self, row: Expert, user: Any) -> str:
        return row.get_absolute_url()

    def state(self, row: Expert) -> None:
        """Of none: their country does not read of them."""
