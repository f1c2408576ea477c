"""What the list of alerts may be narrowed to, on the page, in its tables and in the API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.tlp import Tlp
from common.translated import SUFFIXES
from csirt_network import rsit
from csirt_network.models import Alert, Team
from csirt_network.querysets.alerts import AlertQuerySet

PROGRAMME = "programme"
SEARCHED = [f"{text}_{suffix}" for text in ("title", "happening", "to_do") for suffix in SUFFIXES] + ["products"]


def origins(request: Any) -> Any:
    """Whom readers are told that something comes from."""
    told = Alert.objects.visible_to(request.user).out().order_by().values("from_team")
    return Team.objects.visible_to(request.user).filter(pk__in=told).order_by("name")


class AlertFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="saying", label=_("Words"), widget=forms.TextInput({"type": "search"}))
    kind = django_filters.ChoiceFilter(choices=Alert.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    tlp = django_filters.ChoiceFilter(choices=Tlp.choices, label=_("Label"), empty_label=_("All labels"))
    rsit = django_filters.ChoiceFilter(
        method="of_class", choices=rsit.class_choices, label=_("Incident class"), empty_label=_("All classes")
    )
    year = django_filters.NumberFilter(
        label=_("Year"), min_value=2000, max_value=2999, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    origin = django_filters.ModelChoiceFilter(
        field_name="from_team",
        queryset=origins,
        to_field_name="slug",
        label=_("From"),
        empty_label=_("Everybody"),
        null_value=PROGRAMME,
        null_label=_("The programme"),
    )

    class Meta:
        model = Alert
        fields = ("q", "kind", "tlp", "rsit", "year", "origin")

    def saying(self, alerts: AlertQuerySet, _name: str, text: str) -> AlertQuerySet:
        """In any language, with or without accents; a number such as 2026-031 finds its alert."""
        text = text.replace("\0", "").strip()
        year, _dash, number = text.partition("-")
        if year.isdecimal() and number.isdecimal() and len(text) < 12:
            return alerts.filter(year=int(year), number=int(number))
        words = Q(cves__contains=[text.upper()])
        for field in SEARCHED:
            words |= Q(**{f"{field}__unaccent__icontains": text})
        return alerts.filter(words)

    def of_class(self, alerts: AlertQuerySet, _name: str, code: str) -> AlertQuerySet:
        types = [kind.code for kind in rsit.TYPES.values() if kind.class_code == code]
        return alerts.filter(rsit__overlap=[code, *types])

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)

    @property
    def found(self) -> Any:
        """An unknown choice narrows nothing and is explained at its field."""
        return self.qs
