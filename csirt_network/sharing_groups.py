"""Sharing groups as people see them. Who else is in a group is told by `teams_shown` alone."""

from dataclasses import dataclass
from typing import Any

from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import GroupMember, SharingGroup, Team


@dataclass(frozen=True)
class Shown:
    """A group with the teams that may be named to whoever asked; `whole`: they are all of it."""

    group: SharingGroup
    teams: list[Team]
    whole: bool


def teams_shown(user: Any, groups: list[SharingGroup]) -> list[Shown]:
    """`groups` are those that `user` sees. The wall shows a team its own row alone, so the programme looks up the rest.

    Of groups with hidden members, nobody but staff is told of any team but the own ones, nor how many there are.
    """
    reach = reach_of(user)
    held = _teams([group.pk for group in groups])
    found = []
    for group in groups:
        whole = reach.staff or not group.hides_members
        teams = [team for team in held.get(group.pk, []) if whole or team.pk in reach.teams]
        found.append(Shown(group, teams, whole))
    return found


def _teams(groups: list[int]) -> dict[int, list[Team]]:
    with scope(PROGRAMME, read_only=True):
        members = list(
            GroupMember.objects.filter(group__in=groups).select_related("team__state").order_by("team__name", "pk")
        )
    found: dict[int, list[Team]] = {}
    for member in members:
        found.setdefault(member.group_id, []).append(member.team)
    return found


def teams_like(template: str) -> list[Team]:
    """The teams of the network that a template stands for: `sub-region:caribbean`, `language:fr`, `sector:finance`."""
    kind, _colon, which = template.partition(":")
    network = Team.objects.connected()
    if kind == "sub-region":
        found = network.filter(state__sub_region=which)
    elif kind == "language":
        found = network.filter(languages__contains=[which])
    elif kind == "sector":
        found = network.filter(sectors__contains=[which])
    else:
        found = network.none()
    return list(found.order_by("name", "pk"))
