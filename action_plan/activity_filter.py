"""What the list of activities may be narrowed to: on its page, in the calendar, in the downloads and in the API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from accounts.models import User
from action_plan.models import Activity, ActivityWord, Kind
from action_plan.querysets.activities import ActivityQuerySet
from action_plan.querysets.activity_words import words_in
from capability.api.filters import StateFilter
from common.mandate import Point
from common.scope import reach_of
from member_states.models import MemberState

MOST_WORDS = 8


def states_of(request: Any) -> Any:
    return MemberState.objects.visible_to(request.user).in_order()


def officers_of(request: Any) -> Any:
    """Who is responsible for something; the staff's to know."""
    if not reach_of(request.user).staff:
        return User.objects.none()
    return User.objects.visible_to(request.user).with_staff_role("manager", "officer").order_by("name", "pk")


class OfficerField(ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return str(person.name)


class OfficerFilter(django_filters.ModelChoiceFilter):
    field_class = OfficerField


class ActivityFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="saying", label=_("Words"), widget=forms.TextInput({"type": "search"}))
    point = django_filters.ChoiceFilter(choices=Point.choices, label=_("Point"), empty_label=_("All points"))
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    status = django_filters.ChoiceFilter(choices=Activity.Status.choices, label=_("Status"), empty_label=_("All"))
    state = StateFilter(
        method="taking_part", queryset=states_of, label=_("State"), empty_label=_("All states"), help_text=""
    )
    year = django_filters.NumberFilter(
        field_name="starts_on__year",
        label=_("Year"),
        min_value=1990,
        max_value=2999,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    officer = OfficerFilter(queryset=officers_of, label=_("Responsible"), empty_label=_("Everybody"))

    class Meta:
        model = Activity
        fields = ("q", "point", "kind", "status", "state", "year", "officer")

    def shown(self) -> list[Any]:
        """The fields of the form; who is responsible is asked by the staff alone."""
        is_staff = reach_of(self.request.user).staff
        return [field for field in self.form if is_staff or field.name != "officer"]

    def saying(self, activities: ActivityQuerySet, _name: str, text: str) -> ActivityQuerySet:
        """Every word, or how it begins; in any language, with or without accents."""
        for word in words_in(text)[:MOST_WORDS]:
            words = ActivityWord.objects.beginning_with(word)
            activities = activities.filter(Exists(words.filter(activity=OuterRef("pk"))))
        return activities

    def taking_part(self, activities: ActivityQuerySet, _name: str, state: MemberState) -> ActivityQuerySet:
        return activities.of_state(state, self.request.user)

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)

    @property
    def found(self) -> Any:
        """An unknown choice narrows nothing and is explained at its field."""
        return self.qs
