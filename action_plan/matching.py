"""Who of the roster fits a need, and why: points that anybody can add up, counted by the database.

A needed factor counts ten times its level, a language 5, the whole time 10 (a part of it 4), work in that country 6;
from that country 3, from its sub-region 2, from another member state 1. Whoever knows no factor of it is no match.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from action_plan.factors import name_of
from action_plan.models import Expert, ExpertCountry, Expertise, ExpertSkill

A_LEVEL, A_LANGUAGE, THE_TIME, PART_OF_IT, WORKED_THERE = 10, 5, 10, 4, 6
FROM_THERE, FROM_NEARBY, FROM_AMERICAS = 3, 2, 1
SHOWN = 20


@dataclass(frozen=True)
class Need:
    state: Any
    factors: tuple[int, ...]
    languages: tuple[str, ...]
    first: date | None
    last: date | None


def need_of(expertise: Expertise, user: Any) -> Need:
    factors = expertise.needs.visible_to(user).values_list("factor", flat=True)
    activity = expertise.activity
    last = activity.ends_on or activity.starts_on
    return Need(expertise.state, tuple(factors), tuple(expertise.languages), activity.starts_on, last)


def matches(need: Need, user: Any) -> QuerySet[Expert]:
    """The best first; each with its points by cause, and the skills that count."""
    skills = ExpertSkill.objects.visible_to(user).filter(factor__in=need.factors)
    mine = skills.filter(expert=OuterRef("pk")).order_by().values("expert")
    levels = Subquery(mine.annotate(all=Sum("level")).values("all"), output_field=IntegerField())
    there = ExpertCountry.objects.visible_to(user).filter(expert=OuterRef("pk"), country=need.state)
    found = (
        Expert.objects.visible_to(user)
        .filter(status=Expert.Status.CONFIRMED)
        .annotate(
            skill_points=Coalesce(levels, 0) * A_LEVEL,
            language_points=_languages(need.languages),
            time_points=_time(need),
            work_points=_when(Exists(there), WORKED_THERE),
            place_points=_place(need),
        )
    )
    total = F("skill_points") + F("language_points") + F("time_points") + F("work_points") + F("place_points")
    shown = skills.select_related("factor").order_by("-level", "factor")
    ranked = found.filter(skill_points__gt=0).annotate(points=total).order_by("-points", "pk")
    return ranked.select_related("country").prefetch_related(Prefetch("skills", shown, to_attr="counted"))


def causes(expert: Any, need: Need) -> list[tuple[str, int]]:
    """The rows that brought the points, in words; together they are `expert.points`."""
    names = {"name": expert.country or expert.elsewhere}
    rows = [(f"{name_of(one.factor)}: {one.get_level_display()}", one.level * A_LEVEL) for one in expert.counted]
    names_of = dict(settings.LANGUAGES)
    rows += [(str(names_of[code]), A_LANGUAGE) for code in need.languages if code in expert.languages]
    whole = _("is free all the time") if expert.time_points == THE_TIME else _("is free for a part of the time")
    rows += [
        (whole, expert.time_points),
        (_("has worked in %(name)s") % {"name": need.state}, expert.work_points),
        (_("is from %(name)s") % names, expert.place_points),
    ]
    return [row for row in rows if row[1]]


def _when(condition: Any, points: int) -> Case:
    return Case(When(condition, then=Value(points)), default=Value(0), output_field=IntegerField())


def _languages(wanted: Iterable[str]) -> Any:
    return sum((_when(Q(languages__contains=[code]), A_LANGUAGE) for code in wanted), Value(0))


def _time(need: Need) -> Any:
    """Nobody is asked for days that are not known."""
    if need.first is None:
        return Value(0)
    begins_late = Q(available_from__gt=need.first)
    ends_early = Q(available_until__lt=need.last)
    missed = Q(available_from__gt=need.last) | Q(available_until__lt=need.first)
    return Case(
        When(missed, then=Value(0)),
        When(begins_late | ends_early, then=Value(PART_OF_IT)),
        default=Value(THE_TIME),
        output_field=IntegerField(),
    )


def _place(need: Need) -> Case:
    return Case(
        When(country=need.state, then=Value(FROM_THERE)),
        When(country__sub_region=need.state.sub_region, then=Value(FROM_NEARBY)),
        When(country__isnull=False, then=Value(FROM_AMERICAS)),
        default=Value(0),
        output_field=IntegerField(),
    )
