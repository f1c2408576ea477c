from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from action_plan.factors import name_of, rated_factors
from action_plan.forms.missions import day_input
from action_plan.models import Exercise, ExerciseTeam, Mission, Recommendation, RecommendationReport
from capability.models import Factor
from common.scope import reach_of
from member_states.models import Liaison, MemberState

Status, Decision = Recommendation.Status, RecommendationReport.Decision


class FactorField(forms.ModelChoiceField):
    def label_from_instance(self, factor: Any) -> str:
        return name_of(factor)


class RecommendationForm(forms.ModelForm):
    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    factor = FactorField(
        label=gettext_lazy("Factor it concerns"),
        queryset=Factor.objects.none(),
        required=False,
        empty_label=gettext_lazy("None in particular"),
    )

    class Meta:
        model = Recommendation
        fields: tuple[str, ...] = ("text", "factor", "institution", "liaison", "due_on", "priority")
        widgets = {"text": forms.Textarea({"rows": 4}), "due_on": day_input()}

    def __init__(self, *args: Any, mission: Mission | None = None, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["factor"].queryset = rated_factors(user)
        state = mission.state_id if mission else self.instance.state_id
        if "liaison" in fields:
            current = Liaison.objects.visible_to(user).current().filter(state=state)
            fields["liaison"].queryset = User.objects.filter(pk__in=current.values("person")).order_by("name", "pk")
            fields["liaison"].empty_label = _("Nobody in particular")
        self.initial["edited"] = self.instance.edited


class ExerciseRecommendationForm(RecommendationForm):
    """To one of the states whose teams played, never the own one. Who follows it there is said later."""

    liaison = None
    state = forms.ModelChoiceField(label=gettext_lazy("State"), queryset=MemberState.objects.none())

    class Meta(RecommendationForm.Meta):
        fields = ("text", "factor", "institution", "due_on", "priority")

    def __init__(self, *args: Any, exercise: Exercise, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        states = ExerciseTeam.objects.visible_to(user).filter(exercise=exercise).values("state")
        state: Any = self.fields["state"]
        own = reach_of(user).states
        state.queryset = MemberState.objects.visible_to(user).filter(pk__in=states).exclude(pk__in=own).in_order()

    def recommendation(self) -> Recommendation:
        made: Recommendation = self.save(commit=False)
        made.state = self.cleaned_data["state"]
        return made


class ReportForm(forms.ModelForm):
    status = forms.ChoiceField(
        label=gettext_lazy("What has become of it?"),
        choices=[(status.value, status.label) for status in Status if status != Status.OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what has become of it.")},
    )
    link = forms.URLField(
        label=gettext_lazy("Link that shows it"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter a whole address, such as https://www.example.org/decree.")},
    )

    class Meta:
        model = RecommendationReport
        fields = ("status", "evidence", "link", "reason")
        widgets = {"evidence": forms.Textarea({"rows": 5}), "reason": forms.Textarea({"rows": 3})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        status = cleaned.get("status")
        if status == Status.NOT_FOLLOWED and not cleaned.get("reason"):
            self.add_error("reason", _("Say why it is not followed."))
        shown = cleaned.get("evidence") or cleaned.get("link") or self.has_error("link")
        if status == Status.IMPLEMENTED and not shown:
            self.add_error("evidence", _("Say what was done, or give a link that shows it."))
        return cleaned


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[
            (Decision.CONFIRMED.value, gettext_lazy("Confirm: this is how it stands")),
            (Decision.SENT_BACK.value, gettext_lazy("Send back: something is missing")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you confirm the report or send it back.")},
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment for the state"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == Decision.SENT_BACK and not cleaned.get("comment"):
            self.add_error("comment", _("Say what is missing, so that the state can add it."))
        return cleaned
