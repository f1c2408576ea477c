from django import forms
from django.utils.translation import gettext_lazy as _

from documents.forms import EvidenceField


class WithdrawFileForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        help_text=_("The programme’s staff read this where the file was."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why it is withdrawn."),
            "max_length": _("Keep it under 500 characters."),
        },
    )


class ReplaceFileForm(forms.Form):
    file = EvidenceField(
        label=_("The newer version"),
        help_text=_("PDF, Word, Excel, OpenDocument or a picture, up to 20 MB."),
        error_messages={"required": _("Choose the newer version.")},
    )
