"""What the objects of the collections may be narrowed to, on the page, in its files and in the API."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from common.tlp import Tlp
from csirt_network.indicators import recognise, refang
from csirt_network.models import Team
from exchange.models import Collection, Observable, StixObject
from exchange.origins import shown_to
from exchange.querysets.objects import StixObjectQuerySet
from exchange.stix.checking import OF_OBSERVABLES, REQUIRED
from exchange.stix.names import sought

TYPES = [(name, name) for name in sorted({*REQUIRED, *OF_OBSERVABLES})]
BEYOND = "\U0010ffff"  # after every letter
SEARCH = forms.TextInput({"type": "search"})


def collections(request: Any) -> Any:
    return Collection.objects.visible_to(request.user).select_related("group", "team").order_by("pk")


def teams(request: Any) -> Any:
    """Teams of the network, whether they brought anything or not."""
    return Team.objects.visible_to(request.user).filter(memberships__isnull=False).distinct().order_by("name", "pk")


class ObjectFilter(django_filters.FilterSet):
    value = django_filters.CharFilter(
        method="pointing_at",
        label=_("Value"),
        widget=SEARCH,
        help_text=_("An address, a name, a hash; 198.51.* finds what begins so."),
    )
    name = django_filters.CharFilter(method="named", label=_("Name begins with"), widget=SEARCH)
    collection = django_filters.ModelChoiceFilter(
        queryset=collections, label=_("Collection"), empty_label=_("All collections")
    )
    type = django_filters.ChoiceFilter(choices=TYPES, label=_("Type"), empty_label=_("All types"))
    tlp = django_filters.ChoiceFilter(
        choices=[choice for choice in Tlp.choices if choice[0] != Tlp.RED],
        label=_("Label"),
        empty_label=_("All labels"),
    )
    team = django_filters.ModelChoiceFilter(
        "from_team",
        method="brought_by",
        queryset=teams,
        to_field_name="slug",
        label=_("From"),
        empty_label=_("Everybody"),
    )

    class Meta:
        model = StixObject
        fields = ("value", "name", "collection", "type", "tlp", "team")

    def pointing_at(self, objects: StixObjectQuerySet, _name: str, text: str) -> StixObjectQuerySet:
        """Exactly, where the value is whole; else how it begins. By plain comparisons, which an index serves."""
        text = refang(text.replace("\0", ""))
        exact = "" if text.endswith("*") else _recognised(text)
        begins = text.rstrip("*")
        if not begins:
            return objects
        found = {"value": exact} if exact else {"value__gte": begins, "value__lt": begins + BEYOND}
        return objects.filter(Exists(Observable.objects.filter(object=OuterRef("pk"), **found)))

    def named(self, objects: StixObjectQuerySet, _name: str, text: str) -> StixObjectQuerySet:
        begins = sought(text)
        return objects.filter(sought__gte=begins, sought__lt=begins + BEYOND) if begins else objects

    def brought_by(self, objects: StixObjectQuerySet, _name: str, team: Team | None) -> StixObjectQuerySet:
        """What is not shown is not found either."""
        return objects.filter(shown_to(self.request.user), from_team=team) if team else objects

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)


def _recognised(text: str) -> str:
    try:
        return recognise(text).value
    except ValidationError:
        return ""
