from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.days import today
from csirt_network.models import SharingGroup, Team
from csirt_network.sectors import LANGUAGES, Sector
from member_states.models import MemberState


def templates() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """By what a group may be filled at a stroke."""
    return [
        (_("By sub-region"), [(f"sub-region:{code}", name) for code, name in MemberState.SubRegion.choices]),
        (_("By language"), [(f"language:{code}", name) for code, name in LANGUAGES]),
        (_("By sector"), [(f"sector:{code}", name) for code, name in Sector.choices]),
    ]


class TemplateForm(forms.Form):
    template = forms.ChoiceField(label=gettext_lazy("Begin with the teams"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["template"]
        chosen.choices = [("", _("None: I choose them myself")), *templates()]


class TeamsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, team: Any) -> str:
        return f"{team.name} ({team.state})"


class GroupForm(forms.ModelForm):
    teams = TeamsField(
        label=gettext_lazy("Teams"),
        queryset=Team.objects.none(),
        error_messages={"required": gettext_lazy("Choose at least one team.")},
    )

    class Meta:
        model = SharingGroup
        fields = ("name", "purpose", "hides_members", "ends_on")
        labels = {"hides_members": gettext_lazy("Hide the members from each other")}
        widgets = {
            "purpose": forms.Textarea({"rows": 3}),
            "ends_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams: Any = self.fields["teams"]
        all_teams = Team.objects.visible_to(user)
        network = all_teams.connected().values("pk")
        held = all_teams.filter(groups__group=self.instance.pk).values("pk")  # also those that have left the network
        shown = all_teams.filter(Q(pk__in=network) | Q(pk__in=held))
        teams.queryset = shown.select_related("state").order_by("name", "pk")

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if day and day < today() and day != self.instance.ends_on:
            raise ValidationError(_("This day is over. Choose a later one, or end the group on its page."))
        return day
