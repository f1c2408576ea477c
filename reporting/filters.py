"""What a list may be narrowed to; a filter never shows more than `visible_to` gave."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.translated import SUFFIXES
from member_states.models import MemberState

LANGUAGES = (
    ("Dutch", _("Dutch")),
    ("English", _("English")),
    ("French", _("French")),
    ("Portuguese", _("Portuguese")),
    ("Spanish", _("Spanish")),
)


class MemberStateFilter(django_filters.FilterSet):
    """A state is found by its name in any of the four languages, with or without accents."""

    q = django_filters.CharFilter(
        method="named", label=_("Name"), widget=forms.TextInput(attrs={"type": "search", "class": "input"})
    )
    sub_region = django_filters.ChoiceFilter(
        choices=MemberState.SubRegion.choices,
        label=_("Sub-region"),
        empty_label=_("All sub-regions"),
        widget=forms.Select(attrs={"class": "select"}),
    )
    language = django_filters.ChoiceFilter(
        field_name="official_languages",
        lookup_expr="icontains",
        choices=LANGUAGES,
        label=_("Official language"),
        empty_label=_("All languages"),
        widget=forms.Select(attrs={"class": "select"}),
    )

    class Meta:
        model = MemberState
        fields = ("q", "sub_region", "language")

    def named(self, states: QuerySet[MemberState], name: str, text: str) -> QuerySet[MemberState]:
        found = states.none()
        for suffix in SUFFIXES:
            found = found | states.filter(**{f"name_{suffix}__unaccent__icontains": text.strip()})
        return found

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)

    @property
    def found(self) -> Any:
        """An unknown choice narrows nothing and is explained at its field."""
        return self.qs
