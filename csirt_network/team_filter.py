"""What the directory may be narrowed to, on its page, in its downloads and by programs."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common.translated import SUFFIXES
from csirt_network.models import Contact, Team
from csirt_network.sectors import LANGUAGE_NAMES, Sector
from member_states.models import MemberState


def states_of(request: Any) -> Any:
    return MemberState.objects.visible_to(request.user).in_order()


class TeamFilter(django_filters.FilterSet):
    """A team is found by its names, by its host's and by those of its state, with or without accents."""

    q = django_filters.CharFilter(method="named", label=_("Find a team"), widget=forms.TextInput({"type": "search"}))
    sub_region = django_filters.ChoiceFilter(
        field_name="state__sub_region",
        choices=MemberState.SubRegion.choices,
        label=_("Sub-region"),
        empty_label=_("All"),
    )
    language = django_filters.ChoiceFilter(
        method="speaking", choices=list(LANGUAGE_NAMES.items()), label=_("Language"), empty_label=_("All")
    )
    on_call = django_filters.BooleanFilter(method="answering", label=_("24 hours only"), widget=forms.CheckboxInput())

    class Meta:
        model = Team
        fields = ("q", "sub_region", "language", "on_call")

    def named(self, teams: QuerySet[Team], _name: str, text: str) -> QuerySet[Team]:
        text = text.replace("\0", "").strip()
        fields = ("name", "short_name", "host", *(f"state__name_{suffix}" for suffix in SUFFIXES))
        wanted = Q()
        for field in fields:
            wanted |= Q(**{f"{field}__unaccent__icontains": text})
        return teams.filter(wanted)

    def speaking(self, teams: QuerySet[Team], _name: str, language: str) -> QuerySet[Team]:
        return teams.filter(languages__contains=[language])

    def answering(self, teams: QuerySet[Team], _name: str, wanted: bool) -> QuerySet[Team]:
        """Of which the reader may know a number that answers day and night."""
        seen = Contact.objects.visible_to(self.request.user).on_call().filter(team=OuterRef("pk"))
        return teams.filter(Exists(seen)) if wanted else teams

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)


class TeamsAsked(TeamFilter):
    """What programs may ask besides."""

    state = django_filters.ModelChoiceFilter(queryset=states_of, to_field_name="slug")
    sector = django_filters.ChoiceFilter(method="serving", choices=Sector.choices)
    is_connected = django_filters.BooleanFilter()

    class Meta:
        model = Team
        fields = (*TeamFilter.Meta.fields, "kind", "state", "sector", "is_connected")

    def serving(self, teams: QuerySet[Team], _name: str, sector: str) -> QuerySet[Team]:
        return teams.filter(sectors__contains=[sector])
