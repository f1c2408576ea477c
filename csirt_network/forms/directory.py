"""The forms of a team's entry."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.time_zones import time_zones
from common.translated import SUFFIXES
from csirt_network.contact_roles import EMAIL, NAME, OTHER, PHONE, ROLES, ContactRole, required
from csirt_network.models import Affiliation, Contact, Team
from csirt_network.rfc2350 import Origin, Section, chapters
from csirt_network.sectors import LANGUAGE_NAMES, Sector
from member_states.models import MemberState

CHOOSE = gettext_lazy("Choose one")
IN_LANGUAGE = {
    "en": gettext_lazy("In English"),
    "es": gettext_lazy("In Spanish"),
    "fr": gettext_lazy("In French"),
    "pt_br": gettext_lazy("In Portuguese"),
}
SAY = {
    NAME: gettext_lazy("Say who it is: this kind of contact needs a name."),
    PHONE: gettext_lazy("Give a number: this kind of contact needs one."),
    EMAIL: gettext_lazy("Give an e-mail address: this kind of contact needs one."),
    OTHER: gettext_lazy("Say how to reach it: this kind of contact needs it."),
}


def _several(label: Any, help_text: Any = "") -> Any:
    field = forms.MultipleChoiceField(
        label=label, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple
    )
    return field


class FactsForm(forms.ModelForm):
    """Where the team sits, whom it serves and how it can be spoken with."""

    host = forms.CharField(label=gettext_lazy("Host organisation"), max_length=200, required=False)
    website = forms.URLField(label=gettext_lazy("Website"), max_length=200, required=False, assume_scheme="https")
    year_established = forms.IntegerField(
        label=gettext_lazy("Year established"), min_value=1980, max_value=2100, required=False
    )
    languages = _several(gettext_lazy("Languages it can be spoken with in"))
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    countries = _several(
        gettext_lazy("Countries it serves besides its own"),
        gettext_lazy("Leave all empty when it serves its own alone."),
    )
    sectors = _several(gettext_lazy("Sectors it serves"))

    class Meta:
        model = Team
        fields = ("host", "website", "year_established", "languages", "time_zone", "countries", "sectors")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["languages"].choices = list(LANGUAGE_NAMES.items())
        fields["sectors"].choices = Sector.choices
        fields["time_zone"].choices = [("", CHOOSE), *time_zones()]
        others = MemberState.objects.exclude(pk=self.instance.state_id).in_order()
        fields["countries"].choices = [(state.alpha2, state.name) for state in others]


class ChapterForm(forms.Form):
    """The sections of one chapter that the team writes, each in four languages; in the second also its address."""

    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, chapter: Section, profile: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.sections = [s for s in chapters()[chapter] if s.origin == Origin.TEXT]
        self.has_address = chapter.number == "2"
        self.fields["number"].initial = profile.number if profile else 0
        if self.has_address:
            self.fields["address"] = _text(gettext_lazy("Postal address"), 500, profile.address if profile else "", 3)
        for section in self.sections:
            said = profile.texts.get(section.key, {}) if profile else {}
            for suffix in SUFFIXES:
                name = f"{section.key}_{suffix}"
                self.fields[name] = _text(IN_LANGUAGE[suffix], section.max_length, said.get(suffix, ""), 4)

    def groups(self) -> list[tuple[Section, list[forms.BoundField]]]:
        """By section, for the page."""
        return [(s, [self[f"{s.key}_{suffix}"] for suffix in SUFFIXES]) for s in self.sections]

    def texts(self) -> dict[str, dict[str, str]]:
        said = {
            section.key: {suffix: self.cleaned_data[f"{section.key}_{suffix}"] for suffix in SUFFIXES}
            for section in self.sections
        }
        return {key: {suffix: text for suffix, text in texts.items() if text} for key, texts in said.items()}


def _text(label: Any, length: int, initial: str, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False, initial=initial, widget=forms.Textarea({"rows": rows})
    )


class ContactForm(forms.ModelForm):
    """Which fields a contact must have says its role (`contact_roles.ROLES`)."""

    class Meta:
        model = Contact
        fields = ("role", "name", "phone", "email", "other", "hours", "is_24x7", "is_public")
        labels = {
            "role": gettext_lazy("What is it for?"),
            "name": gettext_lazy("Name"),
            "phone": gettext_lazy("Telephone"),
            "email": gettext_lazy("E-mail address"),
            "other": gettext_lazy("Another way"),
            "hours": gettext_lazy("Hours"),
            "is_24x7": gettext_lazy("Somebody answers day and night"),
            "is_public": gettext_lazy("It stands in our description, once that is published"),
        }
        help_texts = {
            "name": gettext_lazy("Of a person, or of the desk that answers."),
            "phone": gettext_lazy("In international form, such as +56 0 000 0000."),
            "other": gettext_lazy("Such as a secure messenger or a satellite telephone."),
            "hours": gettext_lazy("With the time zone, when it is not the team’s own."),
            "is_public": gettext_lazy("Everybody reads it then. Best kept to what belongs to no person."),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        role: Any = self.fields["role"]
        role.choices = [("", CHOOSE), *ContactRole.choices]

    def clean_phone(self) -> str:
        phone = " ".join(self.cleaned_data["phone"].split())
        if phone and (not phone.startswith("+") or sum(letter.isdigit() for letter in phone) < 7):
            raise ValidationError(_("Write the number in international form, such as +56 0 000 0000."))
        return phone

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        role = given.get("role")
        if not role:
            return given
        for field in required(role):
            if not given.get(field) and field not in self.errors:
                self.add_error(field, SAY[field])
        if role == ContactRole.DUTY:
            given["is_24x7"] = True
        if given.get("is_24x7") and not given.get(PHONE) and PHONE not in self.errors:
            self.add_error(PHONE, _("Give the number that somebody answers day and night."))
        if given.get("is_public") and ROLES[ContactRole(role)].is_person:
            self.add_error("is_public", _("A person’s contact is not published. Publish the team’s own instead."))
        return given


class KeyForm(forms.Form):
    armoured = forms.CharField(
        label=gettext_lazy("Public key"),
        help_text=gettext_lazy("The whole block, from its first line to its last. Never the secret key."),
        widget=forms.Textarea({"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        max_length=200_000,
    )


class AffiliationForm(forms.ModelForm):
    level = forms.ChoiceField(label=gettext_lazy("As what"))
    since = forms.IntegerField(label=gettext_lazy("Since which year"), min_value=1989, max_value=2100, required=False)
    link = forms.URLField(
        label=gettext_lazy("Where it can be looked up"), max_length=400, required=False, assume_scheme="https"
    )

    class Meta:
        model = Affiliation
        fields = ("level", "since", "link")

    def __init__(self, *args: Any, body: str, **more: Any) -> None:
        super().__init__(*args, **more)
        level: Any = self.fields["level"]
        levels = Affiliation.LEVELS[Affiliation.Body(body)]
        level.choices = [("", CHOOSE), *((one.value, one.label) for one in levels)]
