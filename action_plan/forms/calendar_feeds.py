from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.scope import reach_of
from member_states.models import MemberState

EVERYTHING, MINE = "everything", "mine"


class CalendarFeedForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("What reads it, such as “Calendar on my phone”."),
    )
    shows = forms.ChoiceField(label=gettext_lazy("What it shows"))

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        states = MemberState.objects.visible_to(user).in_order()
        self.states = {state.slug: state for state in states}
        own = [(MINE, _("What I am responsible for"))] if reach_of(user).staff else []
        of_states = [(slug, _("Activities of %(state)s") % {"state": state}) for slug, state in self.states.items()]
        field: Any = self.fields["shows"]
        field.choices = [(EVERYTHING, _("All activities that I may read of")), *own, *of_states]

    @property
    def state(self) -> MemberState | None:
        return self.states.get(self.cleaned_data["shows"])

    @property
    def is_own_work(self) -> bool:
        return bool(self.cleaned_data["shows"] == MINE)
