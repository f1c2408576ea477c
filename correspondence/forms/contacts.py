"""Who is named by a state, how they are reached, and by which note it begins and ends."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from common.days import today
from correspondence.forms.notes import a_day
from correspondence.models import Note, PointOfContact
from correspondence.purposes import Purpose

ABOUT_CONTACTS = (Purpose.CONTACT_POINTS, Purpose.REMOVAL)
REACHED = ("post", "institution", "email", "phone", "language")


def notes_about(state: Any, by: Any) -> Any:
    asked = Note.objects.visible_to(by).filter(state=state, purpose__in=ABOUT_CONTACTS, number__isnull=False)
    return asked.order_by("-year", "-number")


class OfContactForm(forms.Form):
    def _past(self, name: str) -> Any:
        day = self.cleaned_data[name]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class ReachForm(forms.ModelForm):
    edited = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = PointOfContact
        fields = REACHED


class NameForm(forms.ModelForm):
    class Meta:
        model = PointOfContact
        fields = ("name", *REACHED, "starts_on", "named_reference", "named_note")
        widgets = {"starts_on": a_day()}
        labels = {
            "named_reference": _("Number of the state’s note that names the person"),
            "named_note": _("Note of the programme that it answers"),
        }

    def __init__(self, *args: Any, state: Any, by: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        note: Any = self.fields["named_note"]
        note.queryset, note.empty_label = notes_about(state, by), _("None: the state wrote by itself")

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class ConfirmForm(OfContactForm):
    on = forms.DateField(label=_("Confirmed on"), widget=a_day())

    def __init__(self, *args: Any, contact: PointOfContact, **more: Any) -> None:
        super().__init__(*args, **more)
        self.contact = contact

    def clean_on(self) -> Any:
        day = self._past("on")
        if day < self.contact.starts_on:
            raise forms.ValidationError(_("This is before the day on which it began."))
        if day < self.contact.confirmed_on:
            said = _("It was confirmed on %(day)s already. Choose that day or a later one.")
            raise forms.ValidationError(said % {"day": date_format(self.contact.confirmed_on)})
        return day


class EndForm(OfContactForm):
    on = forms.DateField(label=_("Last day"), widget=a_day())
    reference = forms.CharField(
        label=_("Number of the state’s note that removes the person"),
        max_length=80,
        error_messages={"required": _("A point of contact ends by a note of the state. Write its number.")},
    )
    note = forms.ModelChoiceField(
        label=_("Note of the programme that it answers"),
        queryset=Note.objects.none(),
        required=False,
        empty_label=_("None: the state wrote by itself"),
    )

    def __init__(self, *args: Any, contact: PointOfContact, by: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.contact = contact
        note: Any = self.fields["note"]
        note.queryset = notes_about(contact.state, by)

    def clean_on(self) -> Any:
        day = self._past("on")
        if day < self.contact.starts_on:
            raise forms.ValidationError(_("This is before the day on which it began."))
        return day
