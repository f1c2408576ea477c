from ipaddress import ip_interface, ip_network

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from csirt_network.forms.channels import OfTeamForm
from exchange.models import MachineToken

MOST_NETWORKS = 20


class MachineTokenForm(OfTeamForm):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("What will use it, such as “MISP” or “SIEM of the operations centre”."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=MachineToken.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[MachineToken.Scope.READ],
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"),
        choices=[(30, gettext_lazy("30 days")), (90, gettext_lazy("90 days")), (365, gettext_lazy("One year"))],
        coerce=int,
        initial=90,
    )
    networks = forms.CharField(
        label=gettext_lazy("Only from these networks"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line, such as 192.0.2.0/24 or 2001:db8::/32. Left empty, it is taken from anywhere."
        ),
    )
    field_order = ("team", "name", "scopes", "days", "networks")

    def clean_networks(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["networks"].splitlines() if line.strip()]
        if len(lines) > MOST_NETWORKS:
            raise ValidationError(_("Name %(count)d networks at most.") % {"count": MOST_NETWORKS})
        problems = [problem for line in lines if (problem := problem_of(line))]
        if problems:
            raise ValidationError(problems)
        return list(dict.fromkeys(str(ip_network(line)) for line in lines))


def problem_of(line: str) -> str:
    """A sentence, where it is no network."""
    try:
        network = ip_interface(line).network
    except ValueError:
        problem = _("“%(line)s” is no network. Write an address with the length of its network, such as 192.0.2.0/24.")
        return problem % {"line": line}
    if "/" in line and ip_interface(line).ip != network.network_address:
        problem = _("“%(line)s” is an address within a network. Write %(network)s for all of it.")
        return problem % {"line": line, "network": network}
    return ""
