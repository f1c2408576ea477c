from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.models import Campaign, Material, Reach
from action_plan.models.awareness import Channel, Group
from common.translated import SUFFIXES
from csirt_network.models.library import LANGUAGES
from documents.forms import EvidenceField


def boxes(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class Edited(forms.ModelForm):
    """Carries the version that was opened, so that two who edit at once do not overwrite each other."""

    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["edited"] = self.instance.edited

    @property
    def opened(self) -> int:
        return self.cleaned_data["edited"] or 0


class CampaignForm(Edited):
    groups = boxes(gettext_lazy("For whom"), Group.choices)
    channels = boxes(gettext_lazy("Channels"), Channel.choices)

    class Meta:
        model = Campaign
        fields = ("message", "groups", "channels")


class MaterialForm(Edited):
    """What a material is called, and its file in each language there is."""

    class Meta:
        model = Material
        fields = ("kind", *(f"title_{suffix}" for suffix in SUFFIXES))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in LANGUAGES:
            self.fields[f"file_{code}"] = EvidenceField(
                label=_("File in %(language)s") % {"language": name}, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"title_{suffix}") for suffix in SUFFIXES):
            self.add_error("title_en", _("Give it a title in one language at least."))
        return cleaned

    def uploads(self) -> dict[str, Any]:
        given = {code: self.cleaned_data.get(f"file_{code}") for code, _name in LANGUAGES}
        return {code: upload for code, upload in given.items() if upload}


class ReachForm(forms.ModelForm):
    class Meta:
        model = Reach
        fields = ("channel", "number", "unit", "method", "note", "starts_on", "ends_on")
        widgets = {name: forms.DateInput({"type": "date"}) for name in ("starts_on", "ends_on")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if isinstance(starts_on, date) and isinstance(ends_on, date) and ends_on < starts_on:
            self.add_error("ends_on", _("This day lies before the first one. Enter a later day, or the same."))
        return cleaned
