"""The national CSIRT."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from capability.drafts import CSIRT_FACTS, Content
from capability.forms.base import YES_NO, FactsForm
from capability.models import CsirtStatus

CHOOSE_STATUS = gettext_lazy("Choose the status of the national CSIRT.")
OFTEN = {"invalid": gettext_lazy("Enter a whole address, such as https://www.example.org/report.")}


class CsirtForm(FactsForm):
    NAMES = CSIRT_FACTS
    SAID_YES_OR_NO = ("answers_day_and_night",)

    status = forms.ChoiceField(
        label=gettext_lazy("Does the state have a national CSIRT?"),
        choices=[choice for choice in CsirtStatus.Status.choices if choice[0] != "unknown"],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_STATUS, "invalid_choice": CHOOSE_STATUS},
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=60, required=False)
    host = forms.CharField(label=gettext_lazy("Host organisation"), max_length=200, required=False)
    website = forms.URLField(
        label=gettext_lazy("Website"), max_length=300, required=False, assume_scheme="https", error_messages=OFTEN
    )
    established = forms.IntegerField(
        label=gettext_lazy("Year established"),
        min_value=1980,
        required=False,
        error_messages={"invalid": gettext_lazy("Enter the year in four digits, such as 2014.")},
    )
    constituency = forms.CharField(label=gettext_lazy("Constituency"), max_length=60, required=False)
    answers_day_and_night = forms.ChoiceField(
        label=gettext_lazy("Does it answer 24 hours a day, 7 days a week?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )

    field_order = ("status", *CSIRT_FACTS[1:], "text")

    def content(self) -> Content:
        content = super().content()
        year = str(content.facts.get("established", ""))
        return Content(
            facts=content.facts | ({"established": int(year)} if year.isdecimal() else {}), text=content.text
        )

    def clean_established(self) -> int | None:
        year: int | None = self.cleaned_data["established"]
        if year and year > timezone.localdate().year:
            raise forms.ValidationError(_("This year is still to come. Enter the year the team began."))
        return year

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name and self.cleaned_data.get("status") == CsirtStatus.Status.OPERATIONAL:
            raise forms.ValidationError(_("Enter the name of the national CSIRT."))
        return name
