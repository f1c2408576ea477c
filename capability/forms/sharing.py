from django import forms
from django.utils.translation import gettext_lazy as _

from member_states.models import Sharing


class SharingForm(forms.Form):
    sharing = forms.ChoiceField(
        label=_("Who sees the accepted answers"), choices=Sharing.choices, widget=forms.RadioSelect
    )
