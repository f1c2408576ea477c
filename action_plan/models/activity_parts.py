"""What hangs on an activity: its moves, its check-list, what came out of it, its files, and what it costs."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from action_plan.models.activities import SEES_ACTIVITY, Activity
from action_plan.querysets.activities import ActivityFileQuerySet, OutputQuerySet
from action_plan.querysets.staff_only import StaffOnlyQuerySet
from common.walls import NOBODY, Audited, Locked, RowWall
from csirt_network.models.files import KeptFile


def staff_only(name: str) -> RowWall:
    return RowWall(name=name, read=NOBODY, write=NOBODY)


class ActivityMove(models.Model):
    """The ledger of an activity's life: who changed its status, when, and why. Written once."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="moves")
    status_before = models.CharField(_("status before"), max_length=10, choices=Activity.Status.choices)
    status_after = models.CharField(_("status after"), max_length=10, choices=Activity.Status.choices)
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = StaffOnlyQuerySet["ActivityMove"].as_manager()

    class Meta:
        verbose_name = _("move of an activity")
        verbose_name_plural = _("moves of activities")
        ordering = ("activity", "pk")
        constraints: ClassVar = (
            staff_only("activity_move_wall"),
            Locked(name="activity_move_locked"),
            Audited(name="activity_move_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.status_before} → {self.status_after}"


class CheckItem(models.Model):
    """One line of "Before the day": the staff's own list."""

    MOST: ClassVar[int] = 60  # of one activity

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="check_items")
    text = models.CharField(_("what has to be done"), max_length=200)
    is_done = models.BooleanField(_("done"), default=False)

    objects = StaffOnlyQuerySet["CheckItem"].as_manager()

    class Meta:
        verbose_name = _("line of a check-list")
        verbose_name_plural = _("lines of check-lists")
        ordering = ("activity", "pk")
        constraints: ClassVar = (staff_only("check_item_wall"), Audited(name="check_item_audited", state=""))

    def __str__(self) -> str:
        return self.text


class Output(models.Model):
    """What an activity brought forth: a draft strategy, a report, a trained team."""

    MOST: ClassVar[int] = 60  # of one activity

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="outputs")
    what = models.CharField(_("what it brought forth"), max_length=300)
    link = models.URLField(_("link"), max_length=400, blank=True)

    objects = OutputQuerySet.as_manager()

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering = ("activity", "pk")
        constraints: ClassVar = (
            RowWall(name="output_wall", read=SEES_ACTIVITY, write=NOBODY),
            Audited(name="output_audited", state=""),
        )

    def __str__(self) -> str:
        return self.what


class ActivityFile(KeptFile):
    """A document of an activity: read by whoever reads of the activity."""

    MOST: ClassVar[int] = 60  # of one activity

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="files")
    title = models.CharField(_("what it is"), max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = ActivityFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an activity")
        verbose_name_plural = _("files of activities")
        ordering = ("activity", "pk")
        constraints: ClassVar = (
            RowWall(name="activity_file_wall", read=SEES_ACTIVITY, write=NOBODY),
            Audited(name="activity_file_audited", state=""),
        )


class ActivityCost(models.Model):
    """What an activity costs: the staff's to know. Different currencies are never added up."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="cost")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="USD",
        validators=[RegexValidator(r"\A[A-Z]{3}\Z", _("Enter the three letters of ISO 4217, such as USD."))],
    )
    paid_by = models.CharField(_("paid by"), max_length=200, blank=True)

    objects = StaffOnlyQuerySet["ActivityCost"].as_manager()

    class Meta:
        verbose_name = _("cost of an activity")
        verbose_name_plural = _("costs of activities")
        constraints: ClassVar = (staff_only("activity_cost_wall"), Audited(name="activity_cost_audited", state=""))

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
