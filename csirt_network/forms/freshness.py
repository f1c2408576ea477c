from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.moments import MomentField
from csirt_network.models import Team
from member_states.models import MemberState


class DrillForm(forms.Form):
    """A contact test: what the teams read, how long they have, and who is called."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120, help_text=gettext_lazy("Such as: Contact test of November 2026.")
    )
    message = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The teams read it as you write it: a sentence or two are enough."),
    )
    hours = forms.IntegerField(label=gettext_lazy("Hours to answer"), min_value=1, max_value=336, initial=24)
    sub_region = forms.ChoiceField(
        label=gettext_lazy("Who is called"),
        choices=[("", gettext_lazy("All teams of the network")), *MemberState.SubRegion.choices],
        required=False,
    )

    def teams(self, user: Any) -> Any:
        chosen = Team.objects.visible_to(user).connected()
        sub_region = self.cleaned_data["sub_region"]
        return chosen.filter(state__sub_region=sub_region) if sub_region else chosen


class PhoneForm(forms.Form):
    """That somebody of the programme reached the team by telephone, and when."""

    at = MomentField(label=gettext_lazy("Answered at"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, since: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.since = since

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        if not self.since <= at <= timezone.now():
            raise forms.ValidationError(_("It was answered after the test began, and not in the future."))
        return at
