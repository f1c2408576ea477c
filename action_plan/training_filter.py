"""What the list of courses may be narrowed to, on the page and by programs alike."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from action_plan.models import Course
from common.downloads import each, where, whereabouts
from common.translated import SUFFIXES

SELECT, SEARCH = {"class": "select"}, {"type": "search", "class": "input"}


class CourseFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="saying", label=_("Words"), widget=forms.TextInput(attrs=SEARCH))
    level = django_filters.ChoiceFilter(
        choices=Course.Level.choices, label=_("Level"), empty_label=_("All levels"), widget=forms.Select(attrs=SELECT)
    )
    language = django_filters.ChoiceFilter(
        choices=settings.LANGUAGES,
        label=_("Language"),
        empty_label=_("All languages"),
        widget=forms.Select(attrs=SELECT),
    )
    nominations = django_filters.ChoiceFilter(
        choices=[("open", _("Open")), ("closed", _("Closed"))],
        method="taking",
        label=_("Nominations"),
        empty_label=_("All courses"),
        widget=forms.Select(attrs=SELECT),
    )

    class Meta:
        model = Course
        fields = ("q", "level", "language", "nominations")

    def saying(self, courses: Any, name: str, text: str) -> Any:
        found = Q(aims__icontains=text.strip())
        for suffix in SUFFIXES:
            found |= Q(**{f"activity__title_{suffix}__icontains": text.strip()})
        return courses.filter(found)

    def taking(self, courses: Any, name: str, choice: str) -> Any:
        is_open = Course.objects.is_open().values("pk")
        return courses.filter(pk__in=is_open) if choice == "open" else courses.exclude(pk__in=is_open)

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)


def course_lines(courses: Any) -> Iterator[list[Any]]:
    """All that the list would show, as a table."""
    yield [
        gettext("Course"), gettext("From"), gettext("Until"), gettext("Language"), gettext("Level"), gettext("Seats"),
        gettext("Nominations until"), gettext("Nominations"), gettext("Aims"),
        gettext("What participants need to know"), *where(),
    ]  # fmt: skip
    is_open, closed = gettext("Open"), gettext("Closed")
    for one in each(courses):
        yield [
            str(one), one.activity.starts_on, one.activity.ends_on, one.get_language_display(), one.get_level_display(),
            one.seats, one.nominations_close_on, is_open if one.is_open else closed, one.aims, one.prerequisites,
            *whereabouts(one),
        ]  # fmt: skip
