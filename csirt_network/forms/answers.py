from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from csirt_network.answers import Side
from csirt_network.models import Acknowledgement


class AcknowledgeForm(forms.Form):
    """Whoever answers for one side alone is not asked which."""

    side = forms.ChoiceField(label=_("Answer for"), error_messages={"invalid_choice": _("Choose one of your teams.")})
    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=Acknowledgement.Answer.choices,
        error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose one of the four answers.")},
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": _("Keep the note under 2,000 characters.")},
    )

    def __init__(self, *args: Any, sides: list[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {side.value: side for side in sides}
        field: Any = self.fields["side"]
        field.choices = [(value, str(side.team or _("You"))) for value, side in self.sides.items()]
        if len(sides) == 1:
            field.required, field.widget = False, forms.HiddenInput()

    def clean_side(self) -> Side:
        return self.sides[self.cleaned_data["side"] or next(iter(self.sides))]
