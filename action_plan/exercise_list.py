"""The exercises that the reader may know of: as a list, as a table and for programs."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
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
        times = [_moment(one.planned_at), one.minutes, _moment(one.started_at), _moment(one.ended_at)]
        yield [one.name, str(one.get_status_display()), f"TLP:{one.tlp}", *times, *whereabouts(one)]


def _moment(moment: datetime | None) -> str:
    """In the reader's zone."""
    return date_format(localtime(moment), "Y-m-d H:i") if moment else ""
