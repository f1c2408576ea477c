"""Votes in working groups: the chair opens and closes them, each team of the group votes once."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.days import ZONE
from csirt_network.models import Proposal, Team, Vote, WorkingGroup, WorkingGroupMember
from notices.outbox import post
from review.actions import Refused

VOTE_OPENED = "vote opened"


def end_of(day: date) -> datetime:
    """A day lasts until it is over in the westernmost state."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZONE)


@transaction.atomic
def open_vote(*, proposal: Proposal, group: WorkingGroup, last_day: date, by: Any) -> Proposal:
    """Whoever takes part in the group is told."""
    proposal.group, proposal.opened_by, proposal.closes_at = group, by, end_of(last_day)
    proposal.save()
    members = WorkingGroupMember.objects.visible_to(by).filter(group=group).values("person")
    people = User.objects.filter(pk__in=members, is_active=True).exclude(pk=by.pk)
    post(kind=VOTE_OPENED, object_id=proposal.pk, people=list(people))
    return proposal


@transaction.atomic
def cast(*, proposal: Proposal, team: Team, choice: str, by: Any) -> None:
    """For the team: a later one of the same team replaces it. Raises Refused once the vote is closed."""
    if not Proposal.objects.visible_to(by).open().filter(pk=proposal.pk).exists():
        raise Refused(_("This vote is closed. What was voted until then counts."))
    Vote.objects.bulk_create(
        [Vote(proposal=proposal, team=team, choice=choice, by=by, at=timezone.now())],
        update_conflicts=True,
        unique_fields=("proposal", "team"),
        update_fields=("choice", "by", "at"),
    )


@transaction.atomic
def close_vote(*, proposal: Proposal, by: Any) -> None:
    """Before its time. Twice is once; nothing opens it again."""
    running = Proposal.objects.visible_to(by).open().filter(pk=proposal.pk)
    running.update(closes_at=timezone.now(), closed_by=by)
