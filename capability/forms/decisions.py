from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from capability.models import AnswerDecision

Verdict = AnswerDecision.Verdict


class DecisionForm(forms.Form):
    """`version` is that of the decision the reviewer saw, 0 for none."""

    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=Verdict.choices,
        error_messages={"required": _("Choose whether to accept this answer or to return it.")},
    )
    comment = forms.CharField(
        label=_("Comment to the state"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("verdict") == Verdict.RETURN and not given.get("comment"):
            self.add_error("comment", _("Write to the state what it should mend: a returned answer needs a comment."))
        return given
