"""Whom an alert is for, as its author may choose it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from csirt_network.models import Recipient, SharingGroup, Team, TeamMember
from member_states.models import MemberState

KIND = Recipient.Kind
Choices = list[tuple[str, str]]


def teams_for(user: Any) -> Choices:
    """Members of the network today, with their state."""
    found = Team.objects.visible_to(user).connected().select_related("state").order_by("state__name_en", "name")
    return [(str(team.pk), f"{team} ({team.state})") for team in found]


def groups_for(user: Any) -> Choices:
    found = SharingGroup.objects.visible_to(user).running()
    return [(str(group.pk), group.name) for group in found]


def people_for(user: Any) -> Choices:
    """Those who work in teams of the network, and the programme's officers."""
    network = Team.objects.connected().values("pk")
    members = TeamMember.objects.visible_to(user).current().filter(team__in=network).select_related("person", "team")
    found = {str(who.person_id): f"{who.person.name} ({who.team})" for who in members.order_by("team__name", "pk")}
    staff = User.objects.with_staff_role("officer", "manager").order_by("name")
    programme = str(_("the programme"))
    found |= {str(who.pk): f"{who.name} ({programme})" for who in staff if str(who.pk) not in found}
    found.pop(str(user.pk), None)
    return list(found.items())


class RecipientFields(forms.Form):
    everybody = forms.BooleanField(label=_("All teams of the network"), required=False)
    sub_regions = forms.MultipleChoiceField(
        label=_("Teams of a sub-region"),
        choices=MemberState.SubRegion.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    groups = forms.MultipleChoiceField(label=_("Sharing groups"), required=False, widget=forms.CheckboxSelectMultiple)
    teams = forms.MultipleChoiceField(label=_("Teams"), required=False, widget=forms.CheckboxSelectMultiple)
    people = forms.MultipleChoiceField(label=_("Persons"), required=False, widget=forms.CheckboxSelectMultiple)
    programme = forms.BooleanField(label=_("The programme’s staff"), required=False)

    def offer_recipients(self, user: Any) -> None:
        self.fields["groups"].choices = groups_for(user)  # type: ignore[attr-defined]
        self.fields["teams"].choices = teams_for(user)  # type: ignore[attr-defined]
        self.fields["people"].choices = people_for(user)  # type: ignore[attr-defined]

    def recipients(self) -> list[Recipient]:
        """Not saved yet."""
        given = self.cleaned_data
        found = [Recipient(kind=KIND.NETWORK)] if given["everybody"] else []
        found += [Recipient(kind=KIND.SUB_REGION, sub_region=name) for name in given["sub_regions"]]
        found += [Recipient(kind=KIND.GROUP, group_id=int(pk)) for pk in given["groups"]]
        found += [Recipient(kind=KIND.TEAM, team_id=int(pk)) for pk in given["teams"]]
        found += [Recipient(kind=KIND.PERSON, person_id=int(pk)) for pk in given["people"]]
        return [*found, Recipient(kind=KIND.PROGRAMME)] if given["programme"] else found


def chosen_before(recipients: Iterable[Recipient]) -> dict[str, Any]:
    """The same as initial values of the form."""
    rows: Sequence[Recipient] = list(recipients)
    return {
        "everybody": any(row.kind == KIND.NETWORK for row in rows),
        "programme": any(row.kind == KIND.PROGRAMME for row in rows),
        "sub_regions": [row.sub_region for row in rows if row.sub_region],
        "groups": [str(row.group_id) for row in rows if row.group_id],
        "teams": [str(row.team_id) for row in rows if row.team_id],
        "people": [str(row.person_id) for row in rows if row.person_id],
    }
