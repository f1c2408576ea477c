"""Whom something is for, as one list of boxes: the network, its sub-regions, groups and teams, and the programme."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from csirt_network.models import Recipient, SharingGroup, Team
from member_states.models import MemberState

Kind = Recipient.Kind


class RecipientsField(forms.MultipleChoiceField):
    """Values are `network`, `programme`, `sub-region:south-america`, `group:3` and `team:7`; cleaned, Recipients."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Who it is for"), required=False, **kwargs)

    def offer(self, user: Any) -> None:
        """What `user` may choose: groups only where the own team is in, which the wall sees to as well."""
        groups = SharingGroup.objects.visible_to(user).running()
        teams = Team.objects.visible_to(user).connected().order_by("name")
        self.choices = [
            (Kind.NETWORK.value, Kind.NETWORK.label),
            (Kind.PROGRAMME.value, Kind.PROGRAMME.label),
            (_("Sub-regions"), [(f"{Kind.SUB_REGION}:{c}", label) for c, label in MemberState.SubRegion.choices]),
            (_("Sharing groups"), [(f"{Kind.GROUP}:{group.pk}", str(group)) for group in groups]),
            (_("Teams"), [(f"{Kind.TEAM}:{team.pk}", team.name) for team in teams]),
        ]

    def clean(self, value: Any) -> list[Recipient]:
        return recipients_from(super().clean(value))


def recipients_from(values: Iterable[str]) -> list[Recipient]:
    return [_recipient(*value.partition(":")[::2]) for value in values]


def _recipient(kind: str, which: str) -> Recipient:
    if kind == Kind.SUB_REGION:
        return Recipient(kind=kind, sub_region=which)
    if kind in (Kind.GROUP, Kind.TEAM):
        return Recipient(kind=kind, **{f"{kind}_id": int(which)})
    return Recipient(kind=kind)


def value_of(recipient: Recipient) -> str:
    """The box that stands for it."""
    if recipient.kind == Kind.SUB_REGION:
        return f"{recipient.kind}:{recipient.sub_region}"
    which = recipient.group_id or recipient.team_id
    return f"{recipient.kind}:{which}" if which else str(recipient.kind)
