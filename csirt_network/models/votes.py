"""What a working group decides: proposals with a closing date, and one vote of each team."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.days import day_of
from common.walls import EVERYBODY, Audited, Locked, RowWall
from csirt_network.models.teams import OWN_TEAM, Team
from csirt_network.models.working_groups import IN_CHAIR, MINE, WorkingGroup
from csirt_network.querysets.votes import ProposalQuerySet, VoteQuerySet

GOES_ON = "closes_at > statement_timestamp()"  # what is closed is never opened again: votes are known by then
IS_CLOSED = "proposal_id IN (SELECT p.id FROM csirt_network_proposal p WHERE p.closes_at <= statement_timestamp())"
IS_OPEN = "proposal_id IN (SELECT p.id FROM csirt_network_proposal p WHERE p.closes_at > statement_timestamp())"
SEATED = """proposal_id IN (
    SELECT p.id FROM csirt_network_proposal p JOIN csirt_network_workinggroupseat seat ON seat.group_id = p.group_id
    WHERE p.closes_at > statement_timestamp() AND seat.team_id = csirt_network_vote.team_id)"""


class Proposal(models.Model):
    """What the chair asks the teams of a group. Its words never change: who voted knows for what. Closed when its time
    is over, or before by the chair."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what is proposed"), max_length=4000)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    closes_at = models.DateTimeField(_("closes at"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("-closes_at", "-pk")
        constraints: ClassVar = (
            RowWall(
                name="proposal_wall",
                read=MINE,
                write=f"{IN_CHAIR} AND {GOES_ON}",
                becomes=IN_CHAIR,
                staff_write=GOES_ON,
                staff_becomes=EVERYBODY,
            ),
            Locked(name="proposal_locked", but=("closes_at", "closed_by_id")),
            Audited(name="proposal_audited", state=""),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.group.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.closes_at > timezone.now()

    @property
    def last_day(self) -> date:
        """The last on which one may vote; where the chair closed it before, the day of that by the reader's clock."""
        if self.closed_by_id:
            return timezone.localdate(self.closes_at)
        return day_of(self.closes_at - timedelta(seconds=1))


class Vote(models.Model):
    """Of one team, cast by anybody of it, changed as long as the vote is open. Until it closes each team sees its own
    alone; then the group sees who voted what, and so do the staff."""

    class Choice(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        ABSTAIN = "abstain", _("Abstain")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="votes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"))
    choice = models.CharField(_("vote"), max_length=7, choices=Choice.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ("proposal", "team")
        constraints: ClassVar = (
            models.UniqueConstraint(name="vote_once", fields=("proposal", "team")),
            RowWall(
                name="vote_wall",
                read=f"{OWN_TEAM} OR {IS_CLOSED}",
                write=f"{OWN_TEAM} AND {IS_OPEN}",
                becomes=f"{OWN_TEAM} AND {SEATED}",
                staff_read=f"{OWN_TEAM} OR {IS_CLOSED}",
                staff_write=f"{OWN_TEAM} AND {IS_OPEN}",
                staff_becomes=f"{OWN_TEAM} AND {SEATED}",
            ),
            Locked(name="vote_locked", but=("choice", "by_id", "at")),
            Audited(name="vote_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.team}, {self.proposal_id}"
