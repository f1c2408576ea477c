"""Starting the record of a deployment, and the milestones it reaches."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.forms.requests import ActivityChoice
from action_plan.models import Activity, ActivityState, Milestone
from capability.forms.strategy import PartialDateField
from csirt_network.models import Team
from member_states.models import MemberState


class StartForm(forms.Form):
    activity = ActivityChoice(
        label=gettext_lazy("Activity"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=gettext_lazy("A new one is made"),
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=gettext_lazy("There is none yet"),
    )

    def __init__(self, *args: Any, by: Any, state: MemberState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        activity: Any = self.fields["activity"]
        taking_part = ActivityState.objects.filter(activity=OuterRef("pk"), state=state)
        found = Activity.objects.visible_to(by).filter(Exists(taking_part), kind="deployment")
        activity.queryset = found.exclude(status="cancelled").filter(deployment=None).order_by("-starts_on", "-pk")
        team: Any = self.fields["team"]
        team.queryset = Team.objects.visible_to(by).filter(state=state).order_by("name", "pk")


class TeamForm(forms.Form):
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=gettext_lazy("There is none yet"),
    )

    def __init__(self, *args: Any, by: Any, state: MemberState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.queryset = Team.objects.visible_to(by).filter(state=state).order_by("name", "pk")


class MilestoneForm(forms.Form):
    """With no date the milestone is not reached, and what was recorded of it goes; the audit trail keeps it."""

    reached = PartialDateField(
        label=gettext_lazy("Reached"), help_text=gettext_lazy("A year, a month such as 2026-05, or a day.")
    )
    evidence = forms.CharField(
        label=gettext_lazy("What proves it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": gettext_lazy("Use 2,000 characters or fewer.")},
    )
    link = forms.URLField(
        label=gettext_lazy("Link to the proof"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter a whole address, such as https://www.example.org/decree.")},
    )

    def __init__(self, *args: Any, milestone: Milestone | None, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(milestone, name, "") for name in ("reached", "evidence", "link")}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        proof = cleaned.get("evidence") or cleaned.get("link") or self.has_error("link")
        if cleaned.get("reached") and not proof:
            self.add_error("evidence", _("Say what proves it, or give a link to it."))
        if proof and not cleaned.get("reached") and not self.has_error("reached"):
            self.add_error("reached", _("Say when it was reached."))
        return cleaned
