"""That an alert is to be brought into the collections as its readers see it today, or a collection compared whole."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.walls import NOBODY, RowWall
from csirt_network.models import Alert
from csirt_network.models.subscriptions import OF_ALERT, PORTAL_ITSELF
from exchange.mirroring import work_on  # needs the other tables: this file is the last of them
from exchange.models.collections import Collection
from exchange.querysets.mirrorings import MirroringQuerySet
from notices.models import Job

OF_AN_ALERT = "alert_id IS NOT NULL AND collection_id IS NULL"


class Mirroring(Job):
    """Of an alert in every collection, written in the transaction that changed it; or of a collection with all alerts.

    Each change has a row of its own: what changes while a worker is at it is looked at again. Whoever changes an alert
    may write one, and only the portal itself reads those of collections. Work without words: it leaves no trail.
    """

    MAX_ATTEMPTS = 16

    alert = models.ForeignKey(
        Alert, on_delete=models.CASCADE, null=True, editable=False, related_name="+", verbose_name=_("alert")
    )
    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, null=True, editable=False, related_name="+", verbose_name=_("collection")
    )

    objects = MirroringQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("alert on its way into collections")
        verbose_name_plural = _("alerts on their way into collections")
        ordering = ("-queued_at", "-pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="mirroring_is_of_one",
                condition=models.Q(alert=None, collection__isnull=False)
                | models.Q(alert__isnull=False, collection=None),
            ),
            RowWall(
                name="mirroring_wall",
                read=OF_ALERT,
                write=NOBODY,
                becomes=OF_AN_ALERT,
                staff_read=f"{OF_ALERT} OR {PORTAL_ITSELF}",
                staff_write=PORTAL_ITSELF,
                staff_becomes=f"({OF_AN_ALERT}) OR {PORTAL_ITSELF}",
            ),
        )

    def __str__(self) -> str:
        return f"{self.alert_id or '–'} → {self.collection_id or '–'}"

    def perform(self) -> None:
        work_on(self)
