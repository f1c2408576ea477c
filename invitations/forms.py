from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import StaffRole, User
from common.choices import offer, offer_or_ask
from csirt_network.models import Team, TeamMember
from invitations.models import Invitation
from invitations.powers import LIAISONS, LIAISONS_GIVE, OF_A_PARTNER, TEAM_PEOPLE, gives
from member_states.models import MemberState
from partnerships.models import Partner

CHOOSE = gettext_lazy("Choose one")


class ColleagueForm(forms.Form):
    """Whom to invite; what for says the page."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The account is bound to this address: use the person’s own one at work."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=settings.LANGUAGES)

    def given(self) -> dict[str, Any]:
        return {"role": "deputy", **self.cleaned_data}


class TeamColleagueForm(ColleagueForm):
    """Somebody of the own team, as one or the other."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[("", CHOOSE), *reversed(TeamMember.Kind.choices)])

    def given(self) -> dict[str, Any]:
        return {"state": None, **self.cleaned_data}


class InviteForm(ColleagueForm):
    """Only the roles that `by` may give."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    state = forms.ModelChoiceField(
        label=gettext_lazy("Member state"),
        queryset=MemberState.objects.none(),
        required=False,
        empty_label=CHOOSE,
        help_text=gettext_lazy("Of which state, when you invite a liaison."),
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=CHOOSE,
        help_text=gettext_lazy("Of which team, when you invite its representative."),
    )
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Partner"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=CHOOSE,
        help_text=gettext_lazy("Of which partner, when you invite its contact."),
    )

    def __init__(self, *args: Any, by: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        mine, fields = gives(by), self.fields
        roles: Any = fields["role"]
        roles.choices = [("", CHOOSE), *(choice for choice in Invitation.ROLES if choice[0] in mine - LIAISONS_GIVE)]
        states: Any = fields["state"]
        offer(states, MemberState.objects.visible_to(by).in_order())
        if not mine & LIAISONS:
            del fields["state"]
        teams: Any = fields["team"]
        teams.queryset = Team.objects.visible_to(by).select_related("state").in_order()
        teams.label_from_instance = lambda team: f"{team.state.name}: {team.name}"
        if not mine & TEAM_PEOPLE:
            del fields["team"]
        offer_or_ask(self, "partner", Partner.objects.visible_to(by).in_order())
        if not mine & OF_A_PARTNER:
            del fields["partner"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        role, state = given.get("role"), given.get("state")
        if role in LIAISONS and not state:
            self.add_error("state", _("Choose the state that the liaison speaks for."))
        if role and role not in LIAISONS and state:
            self.add_error("state", _("Leave this empty: only liaisons belong to a state."))
        if role in TEAM_PEOPLE and not given.get("team"):
            self.add_error("team", _("Choose the team that the person acts for."))
        if role and role not in TEAM_PEOPLE and given.get("team"):
            self.add_error("team", _("Leave this empty: only people of a team belong to one."))
        if role in OF_A_PARTNER and not given.get("partner"):
            self.add_error("partner", _("Choose the partner that the person acts for."))
        if role and role not in OF_A_PARTNER and given.get("partner"):
            self.add_error("partner", _("Leave this empty: only contacts belong to a partner."))
        return given

    def given(self) -> dict[str, Any]:
        return {"state": None, **self.cleaned_data}


class PasswordForm(forms.Form):
    """The first password of whoever is invited, twice, by the same rules as any other."""

    password1 = forms.CharField(
        label=gettext_lazy("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=gettext_lazy("Password again"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, invitation: Invitation, **more: Any) -> None:
        super().__init__(*args, **more)
        self.person = User(email=invitation.email, name=invitation.name)

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "password1" in given and "password2" in given and given["password1"] != given["password2"]:
            self.add_error("password2", ValidationError(_("The two passwords are not the same.")))
        return given


class EndForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("It stays in the history, and those who keep people read it."),
    )


class RoleForm(EndForm):
    role = forms.ChoiceField(label=gettext_lazy("New role"))
    field_order = ("role", "reason")

    def __init__(self, *args: Any, roles: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["role"]
        field.choices = [("", CHOOSE), *((code, word) for code, word in StaffRole.Role.choices if code in roles)]


class FilterForm(forms.Form):
    """What the list is narrowed by; anything that is no choice narrows nothing."""

    STATUSES = (
        ("active", gettext_lazy("Active")),
        ("never", gettext_lazy("Never signed in")),
        ("ended", gettext_lazy("Ended")),
        ("closed", gettext_lazy("Closed")),
    )
    q = forms.CharField(label=gettext_lazy("Name or e-mail address"), required=False, max_length=80)
    state = forms.ModelChoiceField(
        label=gettext_lazy("Member state"),
        queryset=MemberState.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("All"),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[("", gettext_lazy("All")), *Invitation.ROLES], required=False
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=[("", gettext_lazy("All")), *STATUSES], required=False
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        states: Any = self.fields["state"]
        states.queryset = MemberState.objects.in_order()

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}
