"""The national CSIRT and the national strategy."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from capability.drafts import CSIRT_FACTS, STRATEGY_FACTS, Content, given, told
from capability.forms.base import YES_NO, AnswerForm, EvidenceFields, spelled, text_field
from capability.models import CsirtStatus, StrategyStatus

CHOOSE_STATUS = gettext_lazy("Choose the status of the national CSIRT.")
CHOOSE_STEP = gettext_lazy("Choose where the national strategy stands.")
OFTEN = {"invalid": gettext_lazy("Enter a whole address, such as https://www.example.org/report.")}


class FactsForm(EvidenceFields, AnswerForm):
    NAMES: tuple[str, ...] = ()
    SAID_YES_OR_NO: tuple[str, ...] = ()

    text = text_field(
        gettext_lazy("What changed"),
        help_text=gettext_lazy("One or two sentences are enough, in any of the four languages."),
    )

    @classmethod
    def values(cls, content: Content) -> dict[str, Any]:
        facts = {name: content.facts.get(name, "") for name in cls.NAMES}
        spelt = {name: spelled(content.facts.get(name)) for name in cls.SAID_YES_OR_NO}
        return {**facts, **spelt, "text": content.text}

    def content(self) -> Content:
        facts: dict[str, Any] = {name: self.typed(name) for name in self.NAMES}
        facts |= {name: self.yes_or_no(name) for name in self.SAID_YES_OR_NO}
        return Content(facts=given(facts), text=self.typed("text"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        item = self.item
        if item.returned and item.sent and item.draft and told(item.sent) == told(item.draft):
            self.add_error("text", _("This answer was returned. Change it, or say here why it stays as it is."))
        return cleaned


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


class StrategyForm(FactsForm):
    NAMES = STRATEGY_FACTS
    SAID_YES_OR_NO = ("in_force",)

    step = forms.ChoiceField(
        label=gettext_lazy("Where does the national strategy stand?"),
        choices=[choice for choice in StrategyStatus.Step.choices if choice[0] != "unknown"],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_STEP, "invalid_choice": CHOOSE_STEP},
    )
    in_force = forms.ChoiceField(
        label=gettext_lazy("Is an adopted strategy in force?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether an adopted strategy is in force.")},
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=250, required=False)
    adopted = forms.RegexField(
        r"^\d{4}(-\d{2}(-\d{2})?)?$",
        label=gettext_lazy("Adopted"),
        help_text=gettext_lazy("The year, or year, month and day: 2023 or 2023-12-04."),
        max_length=10,
        required=False,
        error_messages={"invalid": gettext_lazy("Enter a year such as 2023, or a date such as 2023-12-04.")},
    )
    later_versions = forms.CharField(label=gettext_lazy("Later versions"), max_length=250, required=False)
    link_to_text = forms.URLField(
        label=gettext_lazy("Where it can be read"),
        max_length=400,
        required=False,
        assume_scheme="https",
        error_messages=OFTEN,
    )

    field_order = ("step", "in_force", "title", "adopted", "later_versions", "link_to_text", "text")

    @classmethod
    def values(cls, content: Content) -> dict[str, Any]:
        values = super().values(content)
        return {**values, "link_to_text": content.facts.get("link", ""), "link": ""}

    def content(self) -> Content:
        """`link` is the field for evidence in every form; the strategy's own address is a field beside it."""
        content = super().content()
        facts = {name: value for name, value in content.facts.items() if name != "link"}
        return Content(facts=given(facts | {"link": self.typed("link_to_text")}), text=content.text)

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if not title and self.cleaned_data.get("in_force") == "yes":
            raise forms.ValidationError(_("Enter the title of the strategy in force."))
        return title
