"""What lists of the network may be narrowed to; a filter never shows more than `visible_to` gave."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.mandate import Point
from csirt_network.models import LibraryItem
from csirt_network.models.library import LANGUAGES, Topic, coded_parameters
from csirt_network.rsit import class_choices
from csirt_network.sim3 import PARAMETERS, Parameter

SELECT = {"class": "select"}
SEARCH = {"type": "search", "class": "input"}


class HeldFilter(django_filters.ChoiceFilter):
    """Rows whose list holds the choice."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(lookup_expr="contains", widget=forms.Select(attrs=SELECT), **kwargs)

    def filter(self, rows: Any, value: Any) -> Any:
        return super().filter(rows, [value] if value else value)


class LibraryFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="saying", label=_("Words"), widget=forms.TextInput(attrs=SEARCH))
    kind = django_filters.ChoiceFilter(
        choices=LibraryItem.Kind.choices,
        label=_("Kind"),
        empty_label=_("All kinds"),
        widget=forms.Select(attrs=SELECT),
    )
    topic = HeldFilter(field_name="topics", choices=Topic.choices, label=_("Topic"), empty_label=_("All topics"))
    language = HeldFilter(
        field_name="languages", choices=LANGUAGES, label=_("Language"), empty_label=_("All languages")
    )
    rsit = HeldFilter(field_name="rsit", choices=class_choices, label=_("Incident class"), empty_label=_("All classes"))
    sim3 = HeldFilter(
        field_name="sim3", choices=coded_parameters, label=_("SIM3 parameter"), empty_label=_("All parameters")
    )
    point = django_filters.ChoiceFilter(
        choices=Point.choices,
        label=_("Point of the mandate"),
        empty_label=_("All points"),
        widget=forms.Select(attrs=SELECT),
    )
    tlp = django_filters.ChoiceFilter(
        choices=[choice for choice in LibraryItem._meta.get_field("tlp").choices or () if choice[0] != "RED"],
        label=_("TLP label"),
        empty_label=_("All labels"),
        widget=forms.Select(attrs=SELECT),
    )

    class Meta:
        model = LibraryItem
        fields = ("q", "kind", "topic", "language", "rsit", "sim3", "point", "tlp")

    def saying(self, items: Any, name: str, text: str) -> QuerySet[LibraryItem]:
        return items.saying(text.strip())

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)

    @property
    def parameter(self) -> Parameter | None:
        """The SIM3 parameter that was asked for, so that the page says how its levels are told apart."""
        return PARAMETERS.get(self.data.get("sim3", ""))

    @property
    def found(self) -> Any:
        """An unknown choice narrows nothing and is explained at its field."""
        return self.qs
