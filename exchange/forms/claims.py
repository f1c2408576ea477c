"""What a team claims, line by line; what the programme decides; what a team says of a warning."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from csirt_network.forms.channels import OfTeamForm
from exchange.assets import Asset, read_asset
from exchange.models import AssetClaim, EarlyWarning

MOST_LINES, LONGEST = 200, 20_000


class AssetsField(forms.CharField):
    """One a line; empty lines and those that begin with # are left out. Each line that is wrong is told."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        lines = [(number, line.strip()) for number, line in enumerate(super().clean(value).splitlines(), 1)]
        lines = [(number, line) for number, line in lines if line and line[0] != "#"]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Claim at most %(most)d at a time, one a line.") % {"most": MOST_LINES})
        if not lines:
            raise ValidationError(_("Write at least one network, domain or autonomous system."))
        found, problems = [], []
        for number, line in lines:
            try:
                found.append(read_asset(line))
            except ValidationError as error:
                problems.append(_("Line %(line)d: %(problem)s") % {"line": number, "problem": error.messages[0]})
        if problems:
            raise ValidationError(problems)
        return list(dict.fromkeys(found))


class ClaimForm(OfTeamForm):
    assets = AssetsField(
        label=gettext_lazy("Networks, domains and autonomous systems"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "One a line, such as 198.51.100.0/24, 2001:db8::/32, example.org or AS64500. A domain stands for all below"
            " it, an autonomous system for its number alone."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("What shows that they are yours"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Such as the entry of the registry, or whom of your constituents they belong to."),
    )
    field_order = ("team", "assets", "note")

    @property
    def chosen(self) -> list[Asset]:
        found: list[Asset] = self.cleaned_data["assets"]
        return found


class DecisionForm(forms.Form):
    """`claims` are those on the page, as `pk-edited`: who decides on what has changed meanwhile is told."""

    VERDICTS = (
        (AssetClaim.Status.APPROVED, gettext_lazy("Approve")),
        (AssetClaim.Status.REFUSED, gettext_lazy("Refuse")),
    )

    claims = forms.MultipleChoiceField(
        label=gettext_lazy("Claims"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one claim."),
            "invalid_choice": gettext_lazy("One of them was decided or ended meanwhile. Look at the list again."),
        },
    )
    verdict = forms.ChoiceField(label=gettext_lazy("Decision"), choices=VERDICTS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The team reads it. Whoever refuses must give one."),
    )

    def __init__(self, *args: Any, claims: list[AssetClaim], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["claims"]
        field.choices = [(stamp(claim), f"{claim.value} ({claim.team})") for claim in claims]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("verdict") == AssetClaim.Status.REFUSED and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why it is refused."))
        return given

    @property
    def chosen(self) -> list[tuple[int, int]]:
        pairs = [stamped.split("-") for stamped in self.cleaned_data["claims"]]
        return [(int(pk), int(edited)) for pk, edited in pairs]


def stamp(claim: AssetClaim) -> str:
    return f"{claim.pk}-{claim.edited}"


class EndForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why it ends"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    edited = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class HandleForm(forms.Form):
    """`was`: the status on the page when the person decided."""

    CHOICES = [choice for choice in EarlyWarning.Status.choices if choice[0] != EarlyWarning.Status.NEW]

    status = forms.ChoiceField(label=gettext_lazy("What you say of it"), choices=CHOICES, widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Note for your team"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    was = forms.ChoiceField(choices=EarlyWarning.Status.choices, widget=forms.HiddenInput)
