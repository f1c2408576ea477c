"""Recommendations of missions and exercises: reported on by the states, confirmed by the programme."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from action_plan.models.exercises import Exercise
from action_plan.models.missions import SEES_MISSION, Mission
from action_plan.querysets.recommendations import OfRecommendationQuerySet, RecommendationQuerySet
from capability.models import Factor
from common.days import today
from common.partial_dates import in_words
from common.walls import EVERYBODY, NOBODY, OTHER_STATES, OWN_STATE, SPOKEN_FOR, Audited, Locked, RowWall, SameState
from member_states.models import MemberState

SEES_RECOMMENDATION = "EXISTS (SELECT 1 FROM action_plan_recommendation r WHERE r.id = recommendation_id)"


class Recommendation(models.Model):
    """To one state, of a mission or of an exercise that a team of it played.

    `status` is what the programme has confirmed; what is only reported stands in a report that waits.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        UNDER_WAY = "under way", _("Under way")
        IMPLEMENTED = "implemented", _("Implemented")
        NOT_FOLLOWED = "not followed", _("Not followed")

    class Priority(models.IntegerChoices):
        HIGH = 1, _("High")
        MEDIUM = 2, _("Medium")
        LOW = 3, _("Low")

    UNSETTLED: ClassVar = (Status.OPEN, Status.UNDER_WAY)

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, null=True, related_name="recommendations")
    exercise = models.ForeignKey(
        Exercise, on_delete=models.PROTECT, null=True, related_name="recommendations", editable=False
    )
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="recommendations", editable=False)
    is_released = models.BooleanField(default=False, editable=False)
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    text = models.TextField(_("recommendation"), max_length=2000)
    factor = models.ForeignKey(
        Factor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("factor it concerns")
    )
    institution = models.CharField(_("institution that carries it out"), max_length=200)
    liaison = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("liaison who follows it"),
    )
    due_on = models.DateField(_("due on"))
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.MEDIUM)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.OPEN, editable=False)
    edited = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ("due_on", "pk")
        indexes = (
            models.Index(name="recommendation_by_state", fields=("state", "due_on", "id")),
            models.Index(name="recommendation_by_due_date", fields=("due_on", "id")),
        )
        constraints: ClassVar = (
            models.UniqueConstraint(name="recommendation_once", fields=("mission", "number")),
            models.UniqueConstraint(name="recommendation_of_exercise_once", fields=("exercise", "number")),
            models.CheckConstraint(
                name="recommendation_of_one",
                condition=models.Q(mission=None, exercise__isnull=False)
                | models.Q(mission__isnull=False, exercise=None),
            ),
            RowWall(
                name="recommendation_wall",
                read=f"{OWN_STATE} AND is_released AND (exercise_id IS NOT NULL OR {SEES_MISSION})",
                write=NOBODY,
            ),
            SameState(name="recommendation_same_state", parent="mission"),
            SameState(name="recommendation_same_release", parent="mission", column="is_released", follows="yes"),
            SameState(
                name="recommendation_release_of_exercise", parent="exercise", column="is_released", follows="yes"
            ),
            Audited(name="recommendation_audited", state=""),  # its words are not the state's before they are released
        )

    def __str__(self) -> str:
        return f"{self.mission_id or self.exercise_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("recommendation-detail", args=[self.pk])

    @property
    def of(self) -> Mission | Exercise:
        """What it came from."""
        return self.exercise or self.mission  # type: ignore[return-value]

    @property
    def is_settled(self) -> bool:
        return self.status not in self.UNSETTLED

    @property
    def is_overdue(self) -> bool:
        return not self.is_settled and self.due_on < today()


class RecommendationReport(models.Model):
    """What a liaison says has become of it. Written once; the programme adds its decision, and one waits at a time."""

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        SENT_BACK = "sent back", _("Sent back")

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="reports")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", editable=False)
    status = models.CharField(_("what has become of it"), max_length=12, choices=Recommendation.Status.choices)
    reason = models.TextField(_("why it is not followed"), max_length=1000, blank=True)
    evidence = models.TextField(_("what was done, and what shows it"), max_length=4000, blank=True)
    link = models.URLField(_("link that shows it"), max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(
        _("decision"), max_length=9, choices=Decision.choices, blank=True, default="", editable=False
    )
    comment = models.TextField(_("comment"), max_length=1000, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = OfRecommendationQuerySet["RecommendationReport"].as_manager()

    class Meta:
        verbose_name = _("report on a recommendation")
        verbose_name_plural = _("reports on recommendations")
        ordering = ("-pk",)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="recommendation_report_reason",
                condition=~models.Q(status="not followed") | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="recommendation_report_decided",
                condition=models.Q(decision="", decided_by=None, decided_at=None)
                | models.Q(~models.Q(decision=""), decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="recommendation_report_not_by_oneself", condition=~models.Q(decided_by=models.F("by"))
            ),
            models.UniqueConstraint(
                name="recommendation_report_waits_once", fields=("recommendation",), condition=models.Q(decision="")
            ),
            RowWall(
                name="recommendation_report_wall",
                read=SEES_RECOMMENDATION,
                write=NOBODY,
                becomes=f"{SPOKEN_FOR} AND by_id = {{person}} AND decision = '' AND {SEES_RECOMMENDATION}",
                staff_write=OTHER_STATES,
                staff_becomes=EVERYBODY,
            ),
            SameState(name="recommendation_report_same_state", parent="recommendation"),
            Locked(name="recommendation_report_locked", but=("decision", "comment", "decided_by_id", "decided_at")),
            Audited(name="recommendation_report_audited"),
        )

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.get_status_display()}"


class RecommendationChange(models.Model):
    """That the programme changed its text, owner, due date or priority: what stood before and after."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="changes")
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", editable=False)
    column = models.CharField(max_length=20)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = OfRecommendationQuerySet["RecommendationChange"].as_manager()

    class Meta:
        verbose_name = _("change of a recommendation")
        verbose_name_plural = _("changes of recommendations")
        ordering = ("-pk",)
        constraints: ClassVar = (
            RowWall(name="recommendation_change_wall", read=SEES_RECOMMENDATION, write=NOBODY),
            SameState(name="recommendation_change_same_state", parent="recommendation"),
            Locked(name="recommendation_change_locked"),
            Audited(name="recommendation_change_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.column}"

    @property
    def column_name(self) -> str:
        names: dict[str, Any] = {field.name: field.verbose_name for field in Recommendation._meta.fields}
        return capfirst(str(names.get(self.column, self.column)))

    @property
    def read_before(self) -> Any:
        return self._read(self.before)

    @property
    def read_after(self) -> Any:
        return self._read(self.after)

    def _read(self, kept: str) -> Any:
        """In the reader's language what is kept as a number or an ISO 8601 date."""
        if self.column == "due_on":
            return in_words(kept)
        priorities = {str(value): label for value, label in Recommendation.Priority.choices}
        return priorities.get(kept, kept) if self.column == "priority" else kept
