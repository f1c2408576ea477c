from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notices.paces import Pace, paces_of
from notices.preferences import matters_of


class MailPreferencesForm(forms.Form):
    """A choice for each matter that concerns the person."""

    def __init__(self, *args: Any, person: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        paces = paces_of(person)
        for matter in matters_of(person):
            self.fields[matter.name] = forms.ChoiceField(
                label=str(matter.label), choices=Pace.choices, initial=paces.get(matter.name, Pace.AT_ONCE)
            )


class DeadAddressForm(forms.Form):
    reason = forms.CharField(
        label=_("What came back"),
        max_length=300,
        help_text=_("One sentence, which the person reads as well, such as: the mailbox does not exist."),
    )
