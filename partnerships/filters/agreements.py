"""What the list of agreements may be narrowed to: on its page, in the downloads and in the API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.mandate import Objective, Point
from common.translated import SUFFIXES
from partnerships.models import Agreement, Partner, Party
from partnerships.querysets.agreements import CLOSED, AgreementQuerySet
from partnerships.standing import CHOICES

SEARCHED = [f"{text}_{suffix}" for text in ("name", "aims") for suffix in SUFFIXES] + ["place"]
SHOWN = (("oas", _("OAS is a party")), ("linked", _("Linked")), ("closed", pgettext_lazy("agreements", "Closed")))


class AgreementFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="saying", label=_("Words"), widget=forms.TextInput({"type": "search"}))
    kind = django_filters.ChoiceFilter(choices=Agreement.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    status = django_filters.ChoiceFilter(choices=CHOICES, label=_("Status"), empty_label=_("All"))
    partner_kind = django_filters.ChoiceFilter(
        method="with_kind", choices=Partner.Kind.choices, label=_("Kind of partner"), empty_label=_("All kinds")
    )
    objective = django_filters.ChoiceFilter(
        method="serving", choices=Objective.choices, label=_("Objective"), empty_label=_("All objectives")
    )
    point = django_filters.ChoiceFilter(
        method="answering", choices=Point.choices, label=_("Point"), empty_label=_("All points")
    )
    show = django_filters.ChoiceFilter(method="showing", choices=SHOWN, widget=forms.HiddenInput)

    class Meta:
        model = Agreement
        fields = ("q", "kind", "status", "partner_kind", "objective", "point", "show")

    def shown(self) -> list[Any]:
        return [field for field in self.form if field.name != "show"]

    def saying(self, agreements: AgreementQuerySet, _name: str, text: str) -> AgreementQuerySet:
        """In any language, with or without accents; by the names of parties too."""
        text = text.replace("\0", "").strip()
        words = Q(reference__iexact=text)
        for field in SEARCHED:
            words |= Q(**{f"{field}__unaccent__icontains": text})
        named = Q()
        for suffix in SUFFIXES:
            named |= Q(**{f"name_{suffix}__unaccent__icontains": text})
        known = Q(as_stated__unaccent__icontains=text) | Q(partner__in=self._partners().filter(named))
        return agreements.filter(words | Exists(self._parties().filter(known)))

    def with_kind(self, agreements: AgreementQuerySet, _name: str, kind: str) -> AgreementQuerySet:
        return agreements.filter(Exists(self._parties().filter(partner__in=self._partners().filter(kind=kind))))

    def serving(self, agreements: AgreementQuerySet, _name: str, objective: str) -> AgreementQuerySet:
        return agreements.filter(objectives__contains=[objective])

    def answering(self, agreements: AgreementQuerySet, _name: str, point: str) -> AgreementQuerySet:
        return agreements.filter(points__contains=[point])

    def showing(self, agreements: AgreementQuerySet, _name: str, tab: str) -> AgreementQuerySet:
        return agreements.filter(TABS[tab])

    def _parties(self) -> Any:
        return Party.objects.visible_to(self.request.user).filter(agreement=OuterRef("pk"))

    def _partners(self) -> Any:
        return Partner.objects.visible_to(self.request.user)

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields if field != "show")

    @property
    def found(self) -> Any:
        """An unknown choice narrows nothing and is explained at its field."""
        return self.qs


# Of rows that carry `status` and `is_of_the_oas`: each agreement stands under one of them.
TABS = {
    "oas": Q(is_of_the_oas=True) & ~Q(status__in=CLOSED),
    "linked": Q(is_of_the_oas=False) & ~Q(status__in=CLOSED),
    "closed": Q(status__in=CLOSED),
}
