"""Who reads of an activity: the choice, and what it will mean, said before it is done."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.models import Activity, Audience

ALONE = ("idea", "cancelled")  # what else is under way is known to those who take part


class AudienceForm(forms.Form):
    audience = forms.ChoiceField(label=gettext_lazy("Who reads of it?"), widget=forms.RadioSelect)
    edited = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        super().__init__(data, initial={"audience": activity.audience, "edited": activity.edited})
        offered = [one for one in Audience if one != Audience.STAFF or activity.status in ALONE]
        audience: Any = self.fields["audience"]
        audience.choices = [(one.value, one.label) for one in offered]


def consequence(activity: Activity, audience: str) -> str:
    """One sentence on what follows from the choice."""
    sentences = {
        Audience.STAFF: _("Only the programme’s staff will read of it. States that knew of it find it no more."),
        Audience.PARTICIPANTS: _(
            "The liaisons of the states that take part will read of it, each seeing their own state; nobody else will."
        ),
        Audience.STATES: _(
            "The liaisons of all member states will read of it: title, dates, place, which states take part, the"
            " numbers of participants, outcome and files."
        ),
        Audience.PUBLIC: _(
            "Everybody will read of it, without signing in: title, dates, place, which states take part, the numbers"
            " of participants, outcome and files."
        ),
    }
    return sentences[Audience(audience)]
