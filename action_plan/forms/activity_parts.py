"""What is entered about who took part, what came out of it, and what it costs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.figures import GENDER_NAMES
from action_plan.models import ActivityCost, Output
from common.mandate import Sector
from documents.forms import EvidenceField
from member_states.models import MemberState

MOST_PEOPLE = 1_000_000  # of one state, sector and gender: more is a slip of the hand

MOST_LINES = 150  # of the table; a request carries a thousand fields at most


def people(label: Any) -> forms.IntegerField:
    attributes = {"inputmode": "numeric", "class": "input figure"}
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=MOST_PEOPLE, widget=forms.NumberInput(attributes)
    )


class CountForm(forms.Form):
    """One line of the table of participants."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, widget=forms.Select({"class": "select"}))
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        required=False,
        choices=[("", gettext_lazy("Not stated")), *Sector.choices],
        widget=forms.Select({"class": "select"}),
    )
    women = people(GENDER_NAMES["women"])
    men = people(GENDER_NAMES["men"])
    other = people(GENDER_NAMES["other"])
    not_stated = people(GENDER_NAMES["not_stated"])

    def __init__(self, *args: Any, states: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["state"]
        state.choices = states

    @property
    def key(self) -> tuple[int | None, str]:
        state = self.cleaned_data.get("state")
        return int(state) if state else None, self.cleaned_data.get("sector", "")

    @property
    def figures(self) -> dict[str, int]:
        return {gender: self.cleaned_data.get(gender) or 0 for gender in GENDER_NAMES}


class BaseCounts(forms.BaseFormSet):
    def clean(self) -> None:
        """A state and a sector have one line."""
        if any(self.errors):
            return
        seen: set[Any] = set()
        for form in self.forms:
            if not any(form.figures.values()):
                continue
            if form.key in seen:
                form.add_error("sector", _("This state and sector have a line already: add the numbers there."))
            seen.add(form.key)
        if any(form.errors for form in self.forms):
            raise ValidationError(_("Each state and sector has one line."))


CountFormSet = forms.formset_factory(
    CountForm, formset=BaseCounts, extra=4, max_num=MOST_LINES, absolute_max=MOST_LINES
)


def states_for(user: Any) -> list[tuple[str, str]]:
    states = MemberState.objects.visible_to(user).in_order()
    return [("", _("No member state, or not stated")), *((str(state.pk), str(state)) for state in states)]


class OutputForm(forms.ModelForm):
    link = forms.URLField(
        label=gettext_lazy("Link"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter a whole address, such as https://www.example.org/report.")},
    )

    class Meta:
        model = Output
        fields = ("what", "link")


class FileForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("What it is"), max_length=200)
    file = EvidenceField(label=gettext_lazy("File"))


class CostForm(forms.ModelForm):
    class Meta:
        model = ActivityCost
        fields = ("amount", "currency", "paid_by")

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class CheckForm(forms.Form):
    """The ticks arrive as the keys of the lines; `drop` is the button of one line."""

    new = forms.CharField(label=gettext_lazy("One more thing to do"), max_length=200, required=False)
    done = forms.TypedMultipleChoiceField(coerce=int, required=False)
    drop = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, items: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("done", "drop"):
            field: Any = self.fields[name]
            field.choices = [(item.pk, item.text) for item in items]
