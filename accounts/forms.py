from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, User
from accounts.time_zones import time_zones


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)

    class Meta:
        model = User
        fields = ("name", "language", "time_zone", "shortcuts")
        labels: ClassVar = {"name": _("Name"), "language": _("Language")}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("How you made sure that it is this person, such as “Known to me, asked by video call”."),
    )


class TokenForm(forms.Form):
    """Sending is offered only to liaisons."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("What will use it, such as “Ministry dashboard”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=ApiToken.Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        choices=[(30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("One year"))],
        coerce=int,
        initial=90,
    )

    def __init__(self, *args: Any, may_submit: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        scopes: Any = self.fields["scopes"]
        scopes.initial = [ApiToken.Scope.READ]
        if not may_submit:
            scopes.choices = [choice for choice in ApiToken.Scope.choices if choice[0] != ApiToken.Scope.SUBMIT]
