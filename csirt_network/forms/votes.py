from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.days import today
from csirt_network.models import Proposal, Team, Vote


class ProposalForm(forms.ModelForm):
    last_day = forms.DateField(
        label=gettext_lazy("Last day to vote"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Proposal
        fields = ("title", "text")
        widgets = {"text": forms.Textarea({"rows": 8})}

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < today():
            raise ValidationError(_("This day is over. Choose today or a later day."))
        return day


class VoteForm(forms.Form):
    team = forms.ModelChoiceField(queryset=Team.objects.none(), label=gettext_lazy("For the team"), empty_label=None)
    choice = forms.ChoiceField(
        choices=Vote.Choice.choices,
        label=gettext_lazy("Your team’s vote"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes, no or abstain.")},
    )

    def __init__(self, data: Any = None, *, teams: list[Team], votes: list[Vote] | None = None) -> None:
        """Who is of one team is not asked for which; what that team said is chosen."""
        self.teams = teams
        said = {vote.team_id: vote.choice for vote in votes or ()}
        super().__init__(data, initial={"choice": said.get(teams[0].pk)} if len(teams) == 1 else {})
        if len(teams) == 1:
            del self.fields["team"]
        else:
            of_team: Any = self.fields["team"]
            of_team.queryset = Team.objects.filter(pk__in=[team.pk for team in teams])

    def vote(self) -> dict[str, Any]:
        return {"team": self.teams[0], **self.cleaned_data}
