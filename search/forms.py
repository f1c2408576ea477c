"""What somebody looks for, and what it may be narrowed to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from member_states.models import MemberState
from search.hits import Asked
from search.kinds import kinds

LONGEST = 200


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Words"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ModelChoiceField(
        MemberState.objects.none(), label=_("Member state"), to_field_name="slug", required=False
    )
    before = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        choices = [("", _("All kinds")), *((kind.code, kind.name) for kind in kinds().values())]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["state"].queryset = MemberState.objects.visible_to(user).in_order()  # type: ignore[attr-defined]
        self.fields["state"].empty_label = _("All member states")  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(given["q"], given["kind"], given["state"], given["before"] if given["kind"] else None)
