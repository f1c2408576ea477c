"""Working groups: made by the programme, joined by teams where they are open, led by the team in the chair."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from csirt_network.actions.files import keep
from csirt_network.models import (
    Meeting,
    Paper,
    Team,
    TeamMember,
    WorkingGroup,
    WorkingGroupMember,
    WorkingGroupSeat,
)

REPRESENTATIVE = TeamMember.Kind.REPRESENTATIVE


@transaction.atomic
def make_working_group(*, group: WorkingGroup, teams: Iterable[Team], by: Any) -> WorkingGroup:
    slug = slugify(str(group))[:50] or "working-group"
    taken = set(WorkingGroup.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    free = (name for name in (slug, *(f"{slug}-{n}" for n in range(2, 10_000))) if name not in taken)
    group.slug, group.made_by = next(free), by
    group.save()
    seat_exactly(group=group, teams=teams, by=by)
    return group


@transaction.atomic
def change_working_group(*, group: WorkingGroup, teams: Iterable[Team], by: Any) -> None:
    group.save()
    seat_exactly(group=group, teams=teams, by=by)


def seat_exactly(*, group: WorkingGroup, teams: Iterable[Team], by: Any) -> None:
    """These teams and the one in the chair have a seat from now on; new ones come with their representatives."""
    wanted = {team.pk for team in teams} | ({group.chair_team_id} if group.chair_team_id else set())
    held = set(WorkingGroupSeat.objects.filter(group=group).values_list("team_id", flat=True))
    _unseat(group, held - wanted)
    WorkingGroupSeat.objects.bulk_create([WorkingGroupSeat(group=group, team_id=pk) for pk in sorted(wanted - held)])
    acting = TeamMember.objects.current().filter(team__in=wanted - held, kind=REPRESENTATIVE).order_by("pk")
    people = {person: team for team, person in acting.values_list("team", "person")}
    rows = [
        WorkingGroupMember(group=group, team_id=team, person_id=person, role=_role(group, team))
        for person, team in people.items()
    ]
    WorkingGroupMember.objects.bulk_create(rows, ignore_conflicts=True)


def _role(group: WorkingGroup, team: int) -> str:
    return WorkingGroupMember.Role.CHAIR if team == group.chair_team_id else WorkingGroupMember.Role.MEMBER


@transaction.atomic
def take_part(*, group: WorkingGroup, team: Team, by: Any) -> None:
    """`by` takes part for `team`, which takes a seat if it has none. Twice is once."""
    WorkingGroupSeat.objects.get_or_create(group=group, team=team)
    WorkingGroupMember.objects.get_or_create(group=group, person=by, defaults={"team": team})


@transaction.atomic
def leave(*, group: WorkingGroup, team: Team, by: Any) -> None:
    """The whole team; its papers and what it decided with stay."""
    _unseat(group, {team.pk})


def _unseat(group: WorkingGroup, teams: set[int]) -> None:
    """The people first: without its seat, a team sees no member."""
    WorkingGroupMember.objects.filter(group=group, team__in=teams).delete()
    WorkingGroupSeat.objects.filter(group=group, team__in=teams).delete()


@transaction.atomic
def add_meeting(*, meeting: Meeting, group: WorkingGroup, by: Any) -> Meeting:
    meeting.group, meeting.made_by = group, by
    meeting.save()
    return meeting


@transaction.atomic
def add_paper(*, paper: Paper, group: WorkingGroup, upload: Any, by: Any) -> Paper:
    """Raises documents' Refused for a file that cannot be kept."""
    paper.group, paper.by = group, by
    return keep(paper, upload=upload)
