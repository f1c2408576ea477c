"""What a team says to an alert, and that it was opened: known to it, to the origin and to the programme."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.walls import Audited, Locked, RowWall
from csirt_network.models.alerts import Alert
from csirt_network.models.of_alerts import READ_OURS, STAFF_READ_OURS, WRITE_OURS
from csirt_network.models.teams import Team
from csirt_network.querysets.answers import AcknowledgementQuerySet, ReceiptQuerySet

ONE_OF_BOTH = models.Q(team=None, person__isnull=False) | models.Q(team__isnull=False, person=None)


class Acknowledgement(models.Model):
    """A team's answer; of a person, under TLP:RED. A newer one replaces it, and all are kept."""

    class Answer(models.TextChoices):
        NOT_AFFECTED = "not-affected", _("Not affected")
        CHECKING = "checking", _("We are checking")
        AFFECTED = "affected", _("Affected, no help needed")
        HELP = "help", _("Affected, we need help")

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="acknowledgements", verbose_name=_("alert"))
    version = models.PositiveIntegerField(_("version of the alert"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    answer = models.CharField(_("answer"), max_length=12, choices=Answer.choices)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    replaced_at = models.DateTimeField(_("replaced at"), null=True, editable=False)

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ("-at", "-pk")
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="acknowledgement_stands_once",
                fields=("alert", "team", "person"),
                condition=models.Q(replaced_at=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="acknowledgement_is_of_one", condition=ONE_OF_BOTH),
            RowWall(
                name="acknowledgement_wall",
                read=READ_OURS,
                write=WRITE_OURS,
                staff_read=STAFF_READ_OURS,
                staff_write=WRITE_OURS,
            ),
            Locked(name="acknowledgement_locked", but=("replaced_at",)),
            Audited(name="acknowledgement_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.team or self.person}: {self.get_answer_display()}"


class Receipt(models.Model):
    """That a team, or a person whom TLP:RED names, has opened a version of an alert it was sent.

    Written after reading, once and for all: it is a trail itself and leaves none.
    """

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("alert"))
    version = models.PositiveIntegerField(_("version of the alert"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    at = models.DateTimeField(_("first opened at"), auto_now_add=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ("at", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="receipt_once", fields=("alert", "version", "team", "person"), nulls_distinct=False
            ),
            models.CheckConstraint(name="receipt_is_of_one", condition=ONE_OF_BOTH),
            RowWall(
                name="receipt_wall",
                read=READ_OURS,
                write=WRITE_OURS,
                staff_read=STAFF_READ_OURS,
                staff_write=WRITE_OURS,
            ),
            Locked(name="receipt_locked"),
        )

    def __str__(self) -> str:
        return f"{self.team or self.person}, {self.alert_id}"
