from django import forms
from django.utils.translation import gettext_lazy as _

from member_states.models import Sharing


class SharingForm(forms.Form):
    """`seen` is what the preview was signed with: without it nothing is changed, only shown."""

    sharing = forms.ChoiceField(
        label=_("Who sees the accepted answers"), choices=Sharing.choices, widget=forms.RadioSelect
    )
    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
