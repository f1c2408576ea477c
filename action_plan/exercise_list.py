"""The exercises that the reader may know of: as a list, as a table and for programs."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.exercise_states import Stands
from action_plan.models import Exercise
from common.downloads import each, where, whereabouts


class ExerciseFilter(django_filters.FilterSet):
    q = django_filters.CharFilter("name", lookup_expr="icontains", max_length=100, label=gettext_lazy("Name contains"))
    status = django_filters.ChoiceFilter(
        choices=Stands.choices, label=gettext_lazy("Status"), empty_label=gettext_lazy("Any")
    )

    class Meta:
        model = Exercise
        fields = ("q", "status")

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)


def table(exercises: QuerySet[Any]) -> Iterator[list[Any]]:
    yield [
        _("Exercise"),
        _("Status"),
        "TLP",
        _("Planned for"),
        _("Length in minutes"),
        _("Started at"),
        _("Ended at"),
        *where(),
    ]
    for one in each(exercises):
        times = [one.planned_at, one.minutes, one.started_at, one.ended_at]
        yield [one.name, str(one.get_status_display()), f"TLP:{one.tlp}", *times, *whereabouts(one)]
