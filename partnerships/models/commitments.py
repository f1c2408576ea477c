"""What a party undertook, and the deliveries that tell what came of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from action_plan.models import Activity
from action_plan.models.activities import SEES_ACTIVITY
from common.mandate import Objective, Point
from common.partial_dates import in_words, last_day
from common.translated import Translated
from common.walls import NOBODY, Audited, Locked, RowWall, SameState
from csirt_network.models.files import KeptFile
from documents.models import Source
from partnerships.models.agreements import SEES_AGREEMENT, Agreement, Party
from partnerships.models.partners import Partner
from partnerships.querysets.commitments import (
    AgreementDeliveryQuerySet,
    CommitmentActivityQuerySet,
    CommitmentQuerySet,
    DeliveryFileQuerySet,
    DeliveryMoveQuerySet,
)
from review.models import Move, Submittable

OWN_PARTNER = "partner_id = ANY ({partners})"
SEES_COMMITMENT = "EXISTS (SELECT 1 FROM partnerships_commitment c WHERE c.id = commitment_id)"
SEES_DELIVERY = "EXISTS (SELECT 1 FROM partnerships_delivery d WHERE d.id = delivery_id)"
OF_OWN = "EXISTS (SELECT 1 FROM partnerships_delivery d WHERE d.id = {} AND d.partner_id = ANY ({{partners}}){})"
STATUSES = {
    "open": pgettext_lazy("commitment", "Open"),
    "on track": pgettext_lazy("commitment", "On track"),
    "overdue": pgettext_lazy("commitment", "Overdue"),
    "delivered": pgettext_lazy("commitment", "Delivered"),
}
STILL_WRITTEN = " AND d.status IN ('draft', 'returned')"


class Commitment(models.Model):
    """What one party of an agreement undertook. Read by whoever reads the agreement.

    `due` is as exact as it was agreed, empty where no date is stated; `due_by` is the last day it may mean. What has
    become of it is worked out by `CommitmentQuerySet.with_status`: open, on track, overdue or delivered.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="commitments")
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("who undertook it")
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    what_en = models.TextField(_("what was undertaken, in English"), max_length=1000)
    what_es = models.TextField(_("what was undertaken, in Spanish"), max_length=1000, blank=True)
    what_fr = models.TextField(_("what was undertaken, in French"), max_length=1000, blank=True)
    what_pt_br = models.TextField(_("what was undertaken, in Portuguese"), max_length=1000, blank=True)
    due = models.CharField(_("due"), max_length=10, blank=True)
    due_by = models.DateField(null=True, editable=False)
    objectives = ArrayField(
        models.PositiveSmallIntegerField(choices=Objective.choices),
        verbose_name=_("objectives"),
        default=list,
        blank=True,
    )
    points = ArrayField(
        models.PositiveSmallIntegerField(choices=Point.choices), verbose_name=_("points"), default=list, blank=True
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    edited = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    what = Translated("what")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ("agreement", "due_by", "pk")
        indexes = (models.Index(name="commitment_by_due_date", fields=("due_by", "id")),)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="commitment_due_is_a_day",
                condition=models.Q(due="", due_by=None) | ~models.Q(due="") & models.Q(due_by__isnull=False),
            ),
            RowWall(name="commitment_wall", read=SEES_AGREEMENT, write=NOBODY),
            SameState(name="commitment_of_its_party", parent="party", column="agreement_id"),
            SameState(name="commitment_same_partner", parent="party", column="partner_id", follows="yes"),
            Audited(name="commitment_audited", state=""),
        )

    def __str__(self) -> str:
        return self.what

    def save(self, *args: object, **kwargs: object) -> None:
        """The partner is the party's, the day is the due date's; neither is entered."""
        self.partner_id, self.due_by = self.party.partner_id, last_day(self.due)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("commitment-detail", args=[self.pk])

    @property
    def address(self) -> str:
        """Whole, for what leaves the portal."""
        return f"{settings.SITE_URL}{self.get_absolute_url()}"

    @property
    def due_when(self) -> str:
        return in_words(self.due)

    @property
    def status_word(self) -> str:
        """Of one that was read `with_status`."""
        return str(STATUSES[self.status])  # type: ignore[attr-defined]


class CommitmentActivity(models.Model):
    """That a commitment shows up in an activity. Read by whoever reads of both."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="shows_in")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="commitments")

    objects = CommitmentActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity of a commitment")
        verbose_name_plural = _("activities of commitments")
        ordering = ("commitment", "activity")
        constraints: ClassVar = (
            models.UniqueConstraint(name="commitment_activity_once", fields=("commitment", "activity")),
            RowWall(name="commitment_activity_wall", read=f"{SEES_COMMITMENT} AND {SEES_ACTIVITY}", write=NOBODY),
            Audited(name="commitment_activity_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.activity_id}"


class Delivery(Submittable):
    """What was delivered, as the partner or the programme reports it.

    The partner's and the programme's own until it is accepted; then whoever reads the commitment reads it.
    `key` comes with the form: the same key sent again, however often, is the same delivery.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="deliveries")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    what = models.TextField(_("what was delivered"), max_length=4000)
    on = models.DateField(_("delivered on"))
    link = models.URLField(_("link that shows it"), max_length=400, blank=True)
    fulfils = models.BooleanField(_("the commitment is kept with this"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    submitted_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    edited = models.PositiveIntegerField(default=0, editable=False)

    objects = AgreementDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-on", "-pk")
        indexes = (models.Index(name="delivery_by_status", fields=("status", "submitted_at")),)
        constraints: ClassVar = (
            models.UniqueConstraint(name="agreement_delivery_once", fields=("commitment", "key")),
            models.CheckConstraint(
                name="delivery_not_decided_by_its_author",
                condition=models.Q(decided_by=None)
                | ~models.Q(decided_by=models.F("submitted_by")) & ~models.Q(decided_by=models.F("made_by")),
            ),
            models.CheckConstraint(
                name="delivery_sent_by_somebody",
                condition=models.Q(status="draft") | models.Q(submitted_by__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_accepted_by_somebody",
                condition=~models.Q(status="accepted") | models.Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            RowWall(
                name="agreement_delivery_wall",
                read=f"{SEES_COMMITMENT} AND (status = 'accepted' OR {OWN_PARTNER})",
                write=f"{OWN_PARTNER} AND status IN ('draft', 'returned')",
                becomes=f"{OWN_PARTNER} AND status IN ('draft', 'returned', 'submitted') AND {SEES_COMMITMENT}",
            ),
            SameState(name="delivery_same_partner", parent="commitment", column="partner_id"),
            Audited(name="agreement_delivery_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.what[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("delivery-detail", args=[self.pk])

    @property
    def address(self) -> str:
        """Whole, for what leaves the portal."""
        return f"{settings.SITE_URL}{self.get_absolute_url()}"


class DeliveryMove(Move):
    """Who sent a delivery, accepted it or returned it, and why: among the partner and the programme for good."""

    subject = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="moves")

    objects = DeliveryMoveQuerySet.as_manager()

    class Meta(Move.Meta):
        verbose_name = _("move of a delivery")
        verbose_name_plural = _("moves of deliveries")
        constraints: ClassVar = (
            RowWall(
                name="delivery_move_wall",
                read=OF_OWN.format("subject_id", ""),
                write=NOBODY,
                becomes=f"by_id = {{person}} AND status_after = 'submitted' AND {OF_OWN.format('subject_id', '')}",
            ),
            Locked(name="delivery_move_locked"),
            Audited(name="delivery_move_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.subject_id}: {self.status_before} → {self.status_after}"


class DeliveryFile(KeptFile):
    """A file that proves a delivery: read by whoever reads the delivery."""

    MOST: ClassVar[int] = 20  # of one delivery

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="files")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = DeliveryFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file that proves a delivery")
        verbose_name_plural = _("files that prove deliveries")
        ordering = ("delivery", "pk")
        constraints: ClassVar = (
            RowWall(
                name="delivery_file_wall",
                read=SEES_DELIVERY,
                write=OF_OWN.format("delivery_id", STILL_WRITTEN),
            ),
            Audited(name="delivery_file_audited", state=""),
        )
