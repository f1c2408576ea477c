"""A country's plan: for each of the seven points what it needs, what will be done, and until when."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan.querysets.plans import CountryPlanQuerySet, PlanLineQuerySet
from common.mandate import Point
from common.walls import NOBODY, OWN_STATE, Audited, RowWall, SameState
from member_states.models import MemberState


class CountryPlan(models.Model):
    """One state, one period. The state and the programme's staff read it; others do not know of it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AGREED = "agreed", _("Agreed by the state")
        ACTIVE = "active", _("Active")
        CLOSED = "closed", _("Closed")

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="plans", verbose_name=_("state"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.DRAFT, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plans_owned", verbose_name=_("responsible")
    )
    edited = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = CountryPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("country plan")
        verbose_name_plural = _("country plans")
        ordering = ("state", "-starts_on")
        constraints: ClassVar = (
            models.CheckConstraint(name="plan_ends_after_start", condition=models.Q(ends_on__gt=models.F("starts_on"))),
            models.UniqueConstraint(name="plan_once", fields=("state", "starts_on")),
            RowWall(name="plan_wall", read=OWN_STATE, write=NOBODY),
            Audited(name="plan_audited"),
        )

    def __str__(self) -> str:
        return f"{self.state}, {self.starts_on:%Y-%m} – {self.ends_on:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("plan-detail", args=[self.state.slug, self.pk])


class PlanLine(models.Model):
    """What a plan says of one of the seven points; with `not_needed_because` nothing is done for it, and why."""

    plan = models.ForeignKey(CountryPlan, on_delete=models.CASCADE, related_name="lines")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+")
    point = models.PositiveSmallIntegerField(_("point"), choices=Point.choices)
    what = models.TextField(_("what will be done"), max_length=2000, blank=True)
    target_stage = models.PositiveSmallIntegerField(
        _("target stage"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    target_on = models.DateField(_("target date"), null=True, blank=True)
    not_needed_because = models.TextField(_("why it is not needed"), max_length=500, blank=True)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of plans")
        ordering = ("plan", "point")
        constraints: ClassVar = (
            models.UniqueConstraint(name="plan_line_once", fields=("plan", "point")),
            RowWall(name="plan_line_wall", read=OWN_STATE, write=NOBODY),
            SameState(name="plan_line_same_state", parent="plan"),
            Audited(name="plan_line_audited"),
        )

    def __str__(self) -> str:
        return str(self.get_point_display())

    @property
    def is_needed(self) -> bool:
        return not self.not_needed_because
