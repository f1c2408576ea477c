from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.factors import name_of, rated_factors
from action_plan.forms.missions import day_input
from action_plan.models import Expert, Expertise, ExpertiseEvaluation, Placement
from capability.models import Factor
from common.scope import reach_of
from member_states.models import MemberState


class FactorsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, factor: Any) -> str:
        return name_of(factor)


class ExpertiseForm(forms.ModelForm):
    factors = FactorsField(
        label=gettext_lazy("What the help is about"),
        queryset=Factor.objects.none(),
        error_messages={"required": gettext_lazy("Choose one factor at least.")},
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In which languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose one language at least.")},
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("The state reads of this from now on"), required=False, initial=True
    )

    class Meta:
        model = Expertise
        fields = ("state", "task", "languages")
        widgets = {"task": forms.Textarea({"rows": 5})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_states = reach_of(user).states
        fields: Any = self.fields
        fields["state"].queryset = MemberState.objects.visible_to(user).in_order()
        fields["factors"].queryset = rated_factors(user)

    def clean_state(self) -> MemberState:
        state: MemberState = self.cleaned_data["state"]
        if state.pk in self.own_states:
            said = _("You speak for this state yourself. Ask a colleague to find somebody for it.")
            raise forms.ValidationError(said)
        return state


class PlacementForm(forms.ModelForm):
    class Meta:
        model = Placement
        fields = ("expert", "starts_on", "ends_on")
        widgets = {"expert": forms.HiddenInput, "starts_on": day_input(), "ends_on": day_input()}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        expert: Any = self.fields["expert"]
        expert.queryset = Expert.objects.visible_to(user).standing()
        expert.error_messages["invalid_choice"] = _("This expert is not on the roster any more.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first. Choose a later one."))
        return cleaned


class PlacementStatusForm(forms.Form):
    to = forms.ChoiceField(label=gettext_lazy("Status"), choices=Placement.Status.choices)


class EvaluationForm(forms.ModelForm):
    class Meta:
        model = ExpertiseEvaluation
        fields = ("score", "words")
        widgets = {"words": forms.Textarea({"rows": 4})}
