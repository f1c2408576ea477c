"""What the list of partners may be narrowed to: on its page, in the downloads and in the API."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.translated import SUFFIXES
from partnerships.models import Partner
from partnerships.querysets.partners import PartnerQuerySet

STANDINGS = (("partners", _("Partners of the OAS")), ("others", _("Others, of which agreements tell")))


class PartnerFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="saying", label=_("Words"), widget=forms.TextInput({"type": "search"}))
    kind = django_filters.ChoiceFilter(choices=Partner.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    standing = django_filters.ChoiceFilter(
        method="of_standing", choices=STANDINGS, label=_("Which"), empty_label=_("All")
    )

    class Meta:
        model = Partner
        fields = ("q", "kind", "standing")

    def saying(self, partners: PartnerQuerySet, _name: str, text: str) -> PartnerQuerySet:
        """In any language, with or without accents."""
        text = text.replace("\0", "").strip()
        words = Q(short_name__iexact=text)
        for suffix in SUFFIXES:
            words |= Q(**{f"name_{suffix}__unaccent__icontains": text})
            words |= Q(**{f"about_{suffix}__unaccent__icontains": text})
        return partners.filter(words)

    def of_standing(self, partners: PartnerQuerySet, _name: str, standing: str) -> PartnerQuerySet:
        return partners.filter(is_of_the_oas=standing == "partners")

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)
