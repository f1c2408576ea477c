from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.querysets import UserQuerySet

COLLEAGUE = {"required": _("Choose a colleague."), "invalid_choice": _("Choose a colleague who reviews updates.")}
TOO_LONG = _("Keep it under 2,000 characters.")


def reviewers() -> UserQuerySet:
    return User.objects.with_staff_role("officer", "manager")


class AssignForm(forms.Form):
    """Roles are asked for anew with each form: they end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.ModelChoiceField(
            queryset=reviewers(), label=_("Reviewer"), error_messages=COLLEAGUE
        )


class AskForm(AssignForm):
    asked = forms.CharField(
        label=_("What you ask"), required=False, max_length=2000, error_messages={"max_length": TOO_LONG}
    )


class TextForm(forms.Form):
    """A note or an opinion; `question` is empty for the update as a whole."""

    question = forms.CharField(required=False, max_length=12)
    text = forms.CharField(
        max_length=4000,
        error_messages={"required": _("Write something first."), "max_length": _("Keep it under 4,000 characters.")},
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The state reads it beside the update. It is kept with the date and your name."),
        error_messages={"required": _("Write why the acceptance is withdrawn."), "max_length": TOO_LONG},
    )
