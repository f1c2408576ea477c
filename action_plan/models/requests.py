"""Requests for support: what a liaison asks at any time, and what an accepted update asks for, in one list."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan.lives import OPEN, Asked
from action_plan.models.activities import Activity
from action_plan.models.plans import PlanLine
from action_plan.querysets.requests import AskedSupportMoveQuerySet, AskedSupportQuerySet
from capability.models import SupportRequest, Update
from common.mandate import Point
from common.walls import OTHER_STATES, OWN_STATE, SPOKEN_FOR, Audited, Locked, RowWall, SameState
from member_states.models import MemberState

NEED_LENGTH = 1000
# People ask, and take back what they asked; all else is the programme's, and never for the own state.
ASKS = f"{SPOKEN_FOR} AND update_id IS NULL AND status IN ('sent', 'withdrawn')"
SAYS = f"{SPOKEN_FOR} AND by_id = {{person}} AND status_after IN ('sent', 'withdrawn')"
OF_THE_PROGRAMME = {"staff_write": OTHER_STATES}


class AskedSupport(models.Model):
    """`status` is changed by actions/requests.py alone.

    With an `update` it was asked for in that one; `said` is the row of the state's profile that says so today, and
    none when a newer update asks for it no more.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("member state"))
    point = models.PositiveSmallIntegerField(_("point"), choices=Point.choices)
    need = models.TextField(_("what is needed"), max_length=NEED_LENGTH)
    wanted_by = models.DateField(_("wanted by"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Asked.choices, default=Asked.SENT.value, editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    update = models.ForeignKey(Update, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    said = models.OneToOneField(
        SupportRequest, on_delete=models.SET_NULL, null=True, editable=False, related_name="asked"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("responsible"),
    )
    line = models.ForeignKey(
        PlanLine, on_delete=models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("plan")
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("activity")
    )

    objects = AskedSupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for support")
        verbose_name_plural = _("requests for support")
        ordering = ("-asked_at", "-pk")
        indexes = (models.Index(name="asked_support_by_state", fields=("state", "status", "-asked_at")),)
        constraints: ClassVar = (
            RowWall(name="asked_support_wall", read=OWN_STATE, write=SPOKEN_FOR, becomes=ASKS, **OF_THE_PROGRAMME),
            SameState(name="asked_support_update_same_state", parent="update"),
            SameState(name="asked_support_said_same_state", parent="said"),
            SameState(name="asked_support_line_same_state", parent="line"),
            Locked(name="asked_support_locked", but=("status", "said_id", "officer_id", "line_id", "activity_id")),
            Audited(name="asked_support_audited"),
        )

    def __str__(self) -> str:
        return f"{self.state}: {self.get_point_display()}"

    def get_absolute_url(self) -> str:
        return reverse("request-detail", args=[self.pk])

    @property
    def has_lapsed(self) -> bool:
        """It came from an update, and the state's profile asks for it no more."""
        return self.update_id is not None and self.said_id is None

    @property
    def is_waiting(self) -> bool:
        return self.status in OPEN and not self.has_lapsed


class AskedSupportMove(models.Model):
    """One change of status: who, when, from what to what, and what was said to the state."""

    subject = models.ForeignKey(AskedSupport, on_delete=models.PROTECT, related_name="moves")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    status_before = models.CharField(_("from"), max_length=10, choices=Asked.choices)
    status_after = models.CharField(_("to"), max_length=10, choices=Asked.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.TextField(_("what was said"), max_length=2000, blank=True)

    objects = AskedSupportMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a request for support")
        verbose_name_plural = _("steps of requests for support")
        ordering = ("at", "pk")
        constraints: ClassVar = (
            RowWall(name="asked_support_move_wall", read=OWN_STATE, write=SAYS, **OF_THE_PROGRAMME),
            SameState(name="asked_support_move_same_state", parent="subject"),
            Locked(name="asked_support_move_locked"),
            Audited(name="asked_support_move_audited"),
        )

    def __str__(self) -> str:
        return f"{self.subject_id}: {self.get_status_after_display()}"
