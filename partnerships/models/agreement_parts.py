"""What hangs on an agreement: its moves, its amendments, its documents, and the activities it supports."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from action_plan.models import Activity
from action_plan.querysets.staff_only import StaffOnlyQuerySet
from common.walls import NOBODY, Audited, Locked, RowWall
from csirt_network.models.files import KeptFile
from partnerships.models.agreements import SEES_AGREEMENT, Agreement
from partnerships.querysets.agreements import AgreementActivityQuerySet, AgreementFileQuerySet, AmendmentQuerySet

SEES_ACTIVITY = "EXISTS (SELECT 1 FROM action_plan_activity v WHERE v.id = activity_id)"


class Standing(models.TextChoices):
    """Where people have brought an agreement; what its dates make of it is worked out."""

    DRAFT = "draft", Agreement.Phase.DRAFT.label
    NEGOTIATION = "negotiation", Agreement.Phase.NEGOTIATION.label
    CONCLUDED = "concluded", Agreement.Phase.CONCLUDED.label
    ENDED = "ended", _("Ended early")


class AgreementMove(models.Model):
    """The ledger of an agreement's life: who moved it, when, and why. Written once, and the staff's to read."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(_("before"), max_length=12, choices=Standing.choices)
    after = models.CharField(_("after"), max_length=12, choices=Standing.choices)
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = StaffOnlyQuerySet["AgreementMove"].as_manager()

    class Meta:
        verbose_name = _("move of an agreement")
        verbose_name_plural = _("moves of agreements")
        ordering = ("agreement", "pk")
        constraints: ClassVar = (
            RowWall(name="agreement_move_wall", read=NOBODY, write=NOBODY),
            Locked(name="agreement_move_locked"),
            Audited(name="agreement_move_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.before} → {self.after}"


class Amendment(models.Model):
    """What the parties changed in a concluded agreement. `earlier` and `later` hold its terms word for word."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("number"))
    agreed_on = models.DateField(_("agreed on"))
    what = models.TextField(_("what changed"), max_length=1000)
    earlier = models.JSONField(_("terms before"), encoder=DjangoJSONEncoder)
    later = models.JSONField(_("terms after"), encoder=DjangoJSONEncoder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ("agreement", "number")
        constraints: ClassVar = (
            models.UniqueConstraint(name="amendment_number_once", fields=("agreement", "number")),
            RowWall(name="amendment_wall", read=SEES_AGREEMENT, write=NOBODY),
            Locked(name="amendment_locked"),
            Audited(name="amendment_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("agreement-amendment", args=[self.agreement.slug, self.number])


class AgreementFile(KeptFile):
    """A document of an agreement: read by whoever reads the agreement."""

    MOST: ClassVar[int] = 60  # of one agreement

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="files")
    title = models.CharField(_("what it is"), max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = AgreementFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of an agreement")
        verbose_name_plural = _("documents of agreements")
        ordering = ("agreement", "pk")
        constraints: ClassVar = (
            RowWall(name="agreement_file_wall", read=SEES_AGREEMENT, write=NOBODY),
            Audited(name="agreement_file_audited", state=""),
        )


class AgreementActivity(models.Model):
    """That an activity takes place under an agreement. Read by whoever reads of both."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="supports")
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="under_agreements", verbose_name=_("activity")
    )

    objects = AgreementActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity under an agreement")
        verbose_name_plural = _("activities under agreements")
        ordering = ("agreement", "-pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="agreement_activity_once", fields=("agreement", "activity")),
            RowWall(name="agreement_activity_wall", read=f"{SEES_AGREEMENT} AND {SEES_ACTIVITY}", write=NOBODY),
            Audited(name="agreement_activity_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.activity_id}"
