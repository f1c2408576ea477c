"""Point 3: how a national CSIRT is set up, milestone by milestone, until the network admits it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan.models.activities import Activity
from action_plan.querysets.points import DeploymentQuerySet, MilestoneQuerySet
from common.partial_dates import in_words
from common.walls import NOBODY, OWN_STATE, Audited, RowWall, SameState
from csirt_network.models import Team
from member_states.models import MemberState


class Deployment(models.Model):
    """On an activity of its kind; the state and the programme's staff read it. `team` once there is one.

    That the team is a member of the network is its membership there, and is never typed.
    """

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="deployment")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="deployments")
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="deployments", verbose_name=_("team")
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)

    objects = DeploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("CSIRT deployment")
        verbose_name_plural = _("CSIRT deployments")
        ordering = ("state", "-started_at")
        constraints: ClassVar = (
            models.UniqueConstraint(name="deployment_once", fields=("state",)),
            RowWall(name="deployment_wall", read=OWN_STATE, write=NOBODY),
            SameState(name="deployment_team_same_state", parent="team"),
            Audited(name="deployment_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.state)

    def get_absolute_url(self) -> str:
        return reverse("deployment-detail", args=[self.state.slug])


class Milestone(models.Model):
    """Reached on a day, month or year, and what proves it."""

    class Step(models.TextChoices):
        MANDATE = "mandate", _("Mandate")
        HOST = "host", _("Host organisation")
        STAFFING = "staffing", _("Staff")
        SERVICES = "services", _("Services")
        OPERATIONAL = "operational", _("Operational")

    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="milestones")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("milestone"), max_length=12, choices=Step.choices)
    reached = models.CharField(_("reached"), max_length=10)
    evidence = models.TextField(_("evidence"), max_length=2000, blank=True)
    link = models.URLField(_("link"), max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ("deployment", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="milestone_once", fields=("deployment", "step")),
            models.CheckConstraint(
                name="milestone_has_evidence", condition=~models.Q(evidence="") | ~models.Q(link="")
            ),
            RowWall(name="milestone_wall", read=OWN_STATE, write=NOBODY),
            SameState(name="milestone_same_state", parent="deployment"),
            Audited(name="milestone_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.get_step_display())

    @property
    def when(self) -> str:
        return in_words(self.reached)
