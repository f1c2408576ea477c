"""How the roster is narrowed. What was chosen stands in the address: no name is among it."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from action_plan.forms.missions import day_input
from action_plan.models import Expert, ExpertCountry, ExpertSkill
from action_plan.querysets.experts import ExpertQuerySet
from action_plan.recommendation_filter import FactorFilter, factors_of
from capability.api.filters import StateFilter
from common.downloads import each, where, whereabouts
from member_states.models import MemberState

STATUSES = [choice for choice in Expert.Status.choices if choice[0] != Expert.Status.LEFT]


def countries_of(request: Any) -> Any:
    return MemberState.objects.visible_to(request.user).in_order()


class ExpertFilter(django_filters.FilterSet):
    factor = FactorFilter(
        method="skilled", queryset=factors_of, to_field_name="code", label=_("Can help with"), empty_label=_("Anything")
    )
    language = django_filters.ChoiceFilter(
        method="speaking", choices=settings.LANGUAGES, label=_("Works in"), empty_label=_("All languages")
    )
    country = StateFilter(
        method="knowing",
        queryset=countries_of,
        label=_("Comes from or has worked in"),
        empty_label=_("All countries"),
        help_text="",
    )
    available = django_filters.DateFilter(method="free", label=_("Available on"), widget=day_input())
    status = django_filters.ChoiceFilter(choices=STATUSES, label=_("Status"), empty_label=_("All"))

    class Meta:
        model = Expert
        fields = ("factor", "language", "country", "available", "status")

    def skilled(self, experts: ExpertQuerySet, _name: str, factor: Any) -> ExpertQuerySet:
        skills = ExpertSkill.objects.visible_to(self.request.user)
        return experts.filter(Exists(skills.filter(expert=OuterRef("pk"), factor=factor)))

    def speaking(self, experts: ExpertQuerySet, _name: str, language: str) -> ExpertQuerySet:
        return experts.filter(languages__contains=[language])

    def knowing(self, experts: ExpertQuerySet, _name: str, country: MemberState) -> ExpertQuerySet:
        worked = ExpertCountry.objects.visible_to(self.request.user).filter(expert=OuterRef("pk"), country=country)
        return experts.filter(Q(country=country) | Q(Exists(worked)))

    def free(self, experts: ExpertQuerySet, _name: str, day: Any) -> ExpertQuerySet:
        return experts.available(day, day)

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)


def expert_lines(experts: QuerySet[Any]) -> Iterator[list[Any]]:
    """What the list shows of each, as a table: how to reach them stands on their pages alone."""
    yield [
        gettext("Expert"), gettext("Status"), gettext("Country"), gettext("Works in"), gettext("Can help with"),
        gettext("Available from"), gettext("Available until"), *where(),
    ]  # fmt: skip
    for one in each(experts):
        skills = (f"{skill.factor.code} {skill.factor} ({skill.level})" for skill in one.skills.all())
        languages = ", ".join(map(str, one.language_names))
        yield [
            one.name, one.get_status_display(), str(one.country or one.elsewhere), languages, ", ".join(skills),
            one.available_from, one.available_until, *whereabouts(one),
        ]  # fmt: skip
