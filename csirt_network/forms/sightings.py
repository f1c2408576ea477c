from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.days import today
from csirt_network.indicators import defang
from csirt_network.models import Indicator, Sighting

MOST = 1_000_000


class SightingForm(forms.Form):
    """`indicator` left empty: we saw this, and do not say what."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What you found"),
        choices=Sighting.Kind.choices,
        error_messages={"required": _("Choose what you found."), "invalid_choice": _("Choose one of the three.")},
    )
    count = forms.IntegerField(
        label=_("How often"),
        min_value=0,
        max_value=MOST,
        initial=1,
        help_text=_("0: you looked, and it was not there."),
        error_messages={
            "required": _("Write how often, or 0."),
            "invalid": _("Write a whole number."),
            "min_value": _("Write 0 or more."),
            "max_value": _("Write at most 1,000,000."),
        },
    )
    seen_on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Write the day."), "invalid": _("Write the day like 2026-11-30.")},
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        error_messages={"max_length": _("Keep it under 500 characters.")},
    )

    def __init__(self, *args: Any, indicators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = forms.ModelChoiceField(
            queryset=indicators,
            required=False,
            label=_("Indicator"),
            empty_label=_("We saw this, without saying which"),
            error_messages={"invalid_choice": _("Choose an indicator of this alert.")},
        )
        field.label_from_instance = _harmless  # type: ignore[method-assign, assignment]
        self.fields = {"key": self.fields.pop("key"), "indicator": field, **self.fields}

    def clean_seen_on(self) -> Any:
        day = self.cleaned_data["seen_on"]
        if day > today() or day.year < 2000:
            raise forms.ValidationError(_("Write a day that has come."))
        return day


def _harmless(one: Indicator) -> str:
    return defang(one.value, one.kind)
