"""Sharing groups are made, filled and ended by the programme, and by nobody else."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from common.days import today
from csirt_network.models import GroupMember, SharingGroup, Team


@transaction.atomic
def make_group(*, group: SharingGroup, teams: Iterable[Team], by: Any) -> SharingGroup:
    group.slug, group.made_by = _free_slug(group.name), by
    group.save()
    fill(group=group, teams=teams, by=by)
    return group


@transaction.atomic
def change_group(*, group: SharingGroup, teams: Iterable[Team], by: Any) -> None:
    """Its address stays. What was sent to it before stays with those who were in it then."""
    group.save(update_fields=["name", "purpose", "hides_members", "ends_on"])
    fill(group=group, teams=teams, by=by)


def fill(*, group: SharingGroup, teams: Iterable[Team], by: Any) -> None:
    """Exactly these teams are in it from now on."""
    wanted = {team.pk for team in teams}
    held = set(GroupMember.objects.filter(group=group).values_list("team_id", flat=True))
    GroupMember.objects.filter(group=group, team__in=held - wanted).delete()
    GroupMember.objects.bulk_create([GroupMember(group=group, team_id=pk) for pk in sorted(wanted - held)])


@transaction.atomic
def end_group(*, group: SharingGroup, by: Any) -> None:
    """At once: yesterday was its last day. Nothing can be sent to it any more."""
    SharingGroup.objects.running().filter(pk=group.pk).update(ends_on=today() - timedelta(days=1))


def _free_slug(name: str) -> str:
    slug = slugify(name)[:50] or "group"
    taken = set(SharingGroup.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return slug if slug not in taken else next(f"{slug}-{n}" for n in range(2, 10_000) if f"{slug}-{n}" not in taken)
