"""Technical assistance missions (point 6): asked for by a state, carried out by a team, reported to that state."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan.models.activities import SEES_ACTIVITY, Activity
from action_plan.models.experts import Expert
from action_plan.models.requests import AskedSupport
from action_plan.querysets.missions import MissionMemberQuerySet, MissionQuerySet, ReleasedOfMission
from common.walls import NOBODY, OWN_STATE, Audited, RowWall, SameState
from member_states.models import MemberState

SEES_MISSION = "EXISTS (SELECT 1 FROM action_plan_mission m WHERE m.id = mission_id)"
RELEASED = f"is_released AND {SEES_MISSION}"


class Mission(models.Model):
    """What an activity of kind mission has besides. The state reads it as soon as it reads of the activity.

    `is_released` is said once, here: findings and recommendations follow it by a cascading composite key, and until
    then they are among the programme's staff.
    """

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="mission")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="missions", verbose_name=_("state"))
    answers = models.ForeignKey(
        AskedSupport,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="missions",
        verbose_name=_("request that it answers"),
    )
    requested_on = models.DateField(_("requested on"), null=True, blank=True)
    request = models.TextField(_("what the state asked for"), max_length=4000, blank=True)
    terms = models.TextField(_("terms of reference"), max_length=10000, blank=True)
    agenda = models.TextField(_("agenda"), max_length=10000, blank=True)
    is_released = models.BooleanField(_("shared with the state"), default=False, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    released_at = models.DateTimeField(null=True, editable=False)
    edited = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ("-pk",)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="mission_released_by_at",
                condition=models.Q(is_released=False, released_by=None, released_at=None)
                | models.Q(is_released=True, released_by__isnull=False, released_at__isnull=False),
            ),
            RowWall(name="mission_wall", read=f"{OWN_STATE} AND {SEES_ACTIVITY}", write=NOBODY),
            SameState(name="mission_answers_same_state", parent="answers"),
            Audited(name="mission_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.activity)

    def get_absolute_url(self) -> str:
        return reverse("mission-detail", args=[self.activity.slug])

    @property
    def address(self) -> str:
        """Whole, for what leaves the portal."""
        return f"{settings.SITE_URL}{self.get_absolute_url()}"

    @property
    def officer(self) -> Any:
        return self.activity.officer


class MissionMember(models.Model):
    """Somebody of the team: by name, or of the roster.

    Whoever is of the roster is named to the programme's staff alone, and nothing else here tells who it is; so who
    leaves the roster leaves no trace in the team either.
    """

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="members")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", editable=False)
    expert = models.ForeignKey(
        Expert,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="missions",
        verbose_name=_("of the roster"),
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role in the mission"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=150, blank=True)

    objects = MissionMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a mission")
        verbose_name_plural = _("members of missions")
        ordering = ("mission", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="mission_expert_once", fields=("mission", "expert")),
            models.CheckConstraint(
                name="mission_member_named_or_of_roster",
                condition=models.Q(models.Q(expert=None), ~models.Q(name=""))
                | models.Q(expert__isnull=False, name="", organisation=""),
            ),
            RowWall(name="mission_member_wall", read=SEES_MISSION, write=NOBODY),
            SameState(name="mission_member_same_state", parent="mission"),
            Audited(name="mission_member_audited", state=""),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What its reader may know: the name, where rows were read `named_for` somebody who reads the roster."""
        if self.expert_id is None:
            return self.name
        known: str | None = getattr(self, "of_roster", None)
        if known is None:
            return str(_("An expert of the programme’s roster"))
        return known or str(_("Somebody who has left the roster"))


class Findings(models.Model):
    """What the team found: the staff's until it is released, then the state's as well.

    The audit trail names no state, because the state would read there what is not released.
    """

    mission = models.OneToOneField(Mission, on_delete=models.CASCADE, related_name="findings")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", editable=False)
    is_released = models.BooleanField(default=False, editable=False)
    text = models.TextField(_("findings"), max_length=30000, blank=True)
    edited = models.PositiveIntegerField(default=0, editable=False)

    objects = ReleasedOfMission["Findings"].as_manager()

    class Meta:
        verbose_name = _("findings of a mission")
        verbose_name_plural = _("findings of missions")
        constraints: ClassVar = (
            RowWall(name="findings_wall", read=RELEASED, write=NOBODY),
            SameState(name="findings_same_state", parent="mission"),
            SameState(name="findings_same_release", parent="mission", column="is_released", follows="yes"),
            Audited(name="findings_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.mission_id)
