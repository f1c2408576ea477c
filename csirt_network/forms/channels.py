"""Mailboxes, webhooks and feeds: where a team or a person is told."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.fetching import NotAllowed
from common.tlp import Tlp
from csirt_network.forms.subscriptions import RuleForm
from csirt_network.models import Team
from csirt_network.webhook_sending import FETCHER


class OfTeamForm(forms.Form):
    """The team is asked for where somebody acts for several."""

    team = forms.ChoiceField(label=gettext_lazy("Team"))

    def __init__(self, *args: Any, teams: Iterable[Team], **more: Any) -> None:
        super().__init__(*args, **more)
        self.teams = {team.slug: team for team in teams}
        if len(self.teams) == 1:
            del self.fields["team"]
            return
        field: Any = self.fields["team"]
        field.choices = [(slug, str(team)) for slug, team in self.teams.items()]

    @property
    def chosen_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]] if "team" in self.fields else next(iter(self.teams.values()))


class MailboxForm(OfTeamForm):
    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy(
            "A mailbox that the team reads, such as soc@example.org. It gets a link to confirm first."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    field_order = ("team", "address", "language")


class WebhookForm(OfTeamForm, RuleForm):
    """Nothing under TLP:RED goes to a program."""

    most_label = Tlp.STRICT

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("What listens there, such as “Ticket system”."),
    )
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        widget=forms.URLInput,
        help_text=gettext_lazy("It begins with https:// and is on the public internet, at the usual port."),
    )
    field_order = ("team", "name", "url")

    def clean_url(self) -> str:
        """The name it leads to is looked up each time something is sent; here nobody is asked."""
        url = str(self.cleaned_data["url"]).strip()
        if not url.lower().startswith("https://"):
            raise ValidationError(_("Write an address that begins with https://."))
        try:
            FETCHER.check(url)
        except NotAllowed as refusal:
            problem = _("Nothing is ever sent to this address. Write one on the public internet, without a user name.")
            raise ValidationError(problem) from refusal
        return f"https://{url[8:]}"

    @property
    def columns(self) -> dict[str, Any]:
        return super().columns | {"name": self.cleaned_data["name"], "url": self.cleaned_data["url"]}


class FeedForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("What reads it, such as “Reader on my phone”."),
    )
    reads_as = forms.ChoiceField(label=gettext_lazy("What it shows"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, teams: Iterable[Team], **more: Any) -> None:
        super().__init__(*args, **more)
        self.teams = {team.slug: team for team in teams}
        field: Any = self.fields["reads_as"]
        of_teams = [(slug, _("What %(team)s may read") % {"team": team}) for slug, team in self.teams.items()]
        field.choices = [("me", _("What you may read")), *of_teams]
        field.initial = "me"

    @property
    def team(self) -> Team | None:
        return self.teams.get(self.cleaned_data["reads_as"])
