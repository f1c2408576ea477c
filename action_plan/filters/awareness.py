from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from action_plan.models import Material, MaterialFile
from common.translated import SUFFIXES
from csirt_network.models.library import LANGUAGES

SELECT = {"class": "select"}


class MaterialFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="saying", label=_("Words"), widget=forms.TextInput({"type": "search", "class": "input"})
    )
    kind = django_filters.ChoiceFilter(
        choices=Material.Kind.choices, label=_("Kind"), empty_label=_("All kinds"), widget=forms.Select(SELECT)
    )
    language = django_filters.ChoiceFilter(
        method="in_language",
        choices=LANGUAGES,
        label=_("Language"),
        empty_label=_("All languages"),
        widget=forms.Select(SELECT),
    )

    class Meta:
        model = Material
        fields = ("q", "kind", "language")

    def saying(self, materials: Any, name: str, text: str) -> Any:
        found = Q()
        for suffix in SUFFIXES:
            found |= Q(**{f"title_{suffix}__unaccent__icontains": text.strip()})
        return materials.filter(found)

    def in_language(self, materials: Any, name: str, language: str) -> Any:
        files = MaterialFile.objects.current().filter(material=OuterRef("pk"), language=language)
        return materials.filter(Exists(files))

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)
