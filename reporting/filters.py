"""What a list may be narrowed to; a filter never shows more than `visible_to` gave."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common.translated import SUFFIXES
from member_states.models import MemberState
from reporting.kinds import BY_SLUG
from reporting.models import Delivery

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


def states_of(request: Any) -> Any:
    return MemberState.objects.visible_to(request.user).in_order()


class DeliveryFilter(django_filters.FilterSet):
    """Days are the reader's."""

    kind = django_filters.ChoiceFilter(
        method="of_kind",
        choices=[(kind.slug, kind.title) for kind in BY_SLUG.values()],
        label=_("Report"),
        empty_label=_("All reports"),
    )
    state = django_filters.ModelChoiceFilter(
        queryset=states_of, to_field_name="slug", label=_("Member state"), empty_label=_("All states")
    )
    recipient = django_filters.CharFilter(
        method="named", label=_("Recipient"), widget=forms.TextInput(attrs={"type": "search"})
    )
    first = django_filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label=_("From"), widget=forms.DateInput({"type": "date"})
    )
    last = django_filters.DateFilter(
        field_name="at", lookup_expr="date__lte", label=_("Until"), widget=forms.DateInput({"type": "date"})
    )

    class Meta:
        model = Delivery
        fields = ("kind", "state", "recipient", "first", "last")

    def of_kind(self, deliveries: QuerySet[Delivery], _name: str, slug: str) -> QuerySet[Delivery]:
        return deliveries.filter(run__kind=BY_SLUG[slug].code)

    def named(self, deliveries: QuerySet[Delivery], _name: str, text: str) -> QuerySet[Delivery]:
        """By the name of then, or that of now."""
        text = text.replace("\0", "").strip()
        then, now = {"name__unaccent__icontains": text}, {"person__name__unaccent__icontains": text}
        return deliveries.filter(Q(**then) | Q(**now))

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)

    @property
    def found(self) -> Any:
        """An unknown choice narrows nothing and is explained at its field."""
        return self.qs
