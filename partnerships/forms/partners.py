from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.partial_dates import first_day
from common.translated import SUFFIXES
from documents.models import Source
from member_states.models import MemberState
from partnerships.countries import choices
from partnerships.models import Partner


class PartnerForm(forms.ModelForm):
    """`edited` says what the writer had before the eyes."""

    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    website = forms.URLField(label=gettext_lazy("Website"), required=False, max_length=400, assume_scheme="https")
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    class Meta:
        model = Partner
        fields = (
            *(f"name_{suffix}" for suffix in SUFFIXES),
            "short_name",
            "kind",
            "is_of_the_oas",
            "country",
            "state",
            *(f"about_{suffix}" for suffix in SUFFIXES),
            "since",
            "until",
            "website",
            "source",
            "source_note",
        )
        widgets = {f"about_{suffix}": forms.Textarea({"rows": 3}) for suffix in SUFFIXES}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["country"].choices = [("", _("Not stated")), *choices()]
        fields["state"].queryset = MemberState.objects.visible_to(user).in_order()
        fields["source"].queryset = Source.objects.visible_to(user).order_by("title")
        fields["since"].help_text = fields["until"].help_text = _("A year, a month as 2015-04, or a day as 2015-04-16.")
        fields["name_en"].error_messages["required"] = _("Give the name in English. The other languages may follow.")
        self.initial["edited"] = self.instance.edited

    def clean_since(self) -> str:
        return self._partial("since")

    def clean_until(self) -> str:
        return self._partial("until")

    def _partial(self, name: str) -> str:
        given: str = self.cleaned_data[name]
        if given and first_day(given) is None:
            raise ValidationError(_("This is no date. Write a year, a month as 2015-04, or a day as 2015-04-16."))
        return given

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = first_day(cleaned.get("since") or ""), first_day(cleaned.get("until") or "")
        if since and until and until < since:
            self.add_error("until", _("The end comes before the beginning. Choose a later one."))
        return cleaned
