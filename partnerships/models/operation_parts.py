"""What is kept in an operation: its log, what was asked of whom, evidence and who held it, figures, alerts."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.tlp import Tlp, strictest
from common.walls import NOBODY, Audited, Locked, RowWall
from csirt_network.models import Alert
from csirt_network.models.files import KeptFile
from documents.models import Source
from partnerships.models.operation_walls import (
    BY_ME,
    INSIDE,
    OF_EXHIBIT,
    READ_PART,
    SEES,
    SEES_ALERT,
    STAFF_READ_PART,
    WRITES,
    WRITES_EXHIBIT,
)
from partnerships.models.operations import Operation
from partnerships.querysets.operations import (
    CustodyQuerySet,
    InsideQuerySet,
    LabelledPartQuerySet,
    LinkedAlertQuerySet,
    OfOperationQuerySet,
)

SHA256 = RegexValidator(r"\A[0-9a-f]{64}\Z", _("A SHA-256 has 64 digits and letters from a to f."))


def part_wall(name: str) -> RowWall:
    """Added by whoever reads it, in their own name; never changed, never taken away."""
    return RowWall(
        name=name,
        read=READ_PART,
        write=NOBODY,
        becomes=f"{READ_PART} AND {WRITES} AND {BY_ME}",
        staff_read=STAFF_READ_PART,
        staff_write=NOBODY,
        staff_becomes=f"{STAFF_READ_PART} AND {BY_ME}",
    )


class LabelledPart(models.Model):
    """Something added under a label of its own: never below the operation's (`label`)."""

    operation: models.ForeignKey[Operation]
    tlp = models.CharField("TLP", max_length=12, choices=Tlp.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("written at"), auto_now_add=True)
    key = models.UUIDField(null=True, editable=False)  # the same form sent twice is one entry

    class Meta:
        abstract = True

    def label_in(self, operation: Operation) -> Tlp:
        return strictest((operation.tlp, self.tlp))


class LogEntry(LabelledPart):
    """One line of the log. What was wrong is said in a further line."""

    MOST: ClassVar[int] = 3000  # of one operation

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="log")
    happened_at = models.DateTimeField(_("when it happened"))
    text = models.TextField(_("what happened"), max_length=4000)

    objects = LabelledPartQuerySet["LogEntry"].as_manager()

    class Meta:
        verbose_name = _("entry of a log")
        verbose_name_plural = _("entries of logs")
        ordering = ("operation_id", "happened_at", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="log_entry_once", fields=("operation", "by", "key")),
            part_wall("log_entry_wall"),
            Locked(name="log_entry_locked"),
            Audited(name="log_entry_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return self.text[:80]


class OperationAction(models.Model):
    """What was asked of an authority, on which legal basis, and what became of it: its dates say how far it is."""

    class Kind(models.TextChoices):
        SINKHOLE = "sinkhole", _("Sinkhole")
        DOMAIN = "domain", _("Domain taken over")
        ADDRESS = "address", _("Address blocked")
        ARREST = "arrest", _("Arrest")

    class Status(models.TextChoices):
        ASKED = "asked", pgettext_lazy("legal action", "Asked")
        ORDERED = "ordered", pgettext_lazy("legal action", "Ordered")
        DONE = "done", pgettext_lazy("legal action", "Done")
        REFUSED = "refused", pgettext_lazy("legal action", "Refused")

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="actions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    what = models.CharField(_("what exactly"), max_length=200)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=120)
    asked_on = models.DateField(_("asked on"))
    ordered_on = models.DateField(_("ordered on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)

    objects = InsideQuerySet["OperationAction"].as_manager()

    class Meta:
        verbose_name = _("legal action of a joint operation")
        verbose_name_plural = _("legal actions of joint operations")
        ordering = ("operation_id", "-asked_on", "-pk")
        constraints: ClassVar = (
            models.CheckConstraint(name="operation_action_ends_once", condition=Q(done_on=None) | Q(refused_on=None)),
            models.CheckConstraint(
                name="operation_action_asked_first",
                condition=(Q(ordered_on=None) | Q(ordered_on__gte=F("asked_on")))
                & (Q(done_on=None) | Q(done_on__gte=F("asked_on")))
                & (Q(refused_on=None) | Q(refused_on__gte=F("asked_on"))),
            ),
            RowWall(name="operation_action_wall", read=INSIDE, write=NOBODY, staff_read=SEES, staff_write=SEES),
            Audited(name="operation_action_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}"

    @property
    def steps(self) -> list[tuple["OperationAction.Status", object]]:
        """How far it is, in order: (status, day)."""
        days = zip(self.Status, (self.asked_on, self.ordered_on, self.done_on, self.refused_on), strict=True)
        return [(status, day) for status, day in days if day]

    @property
    def status(self) -> "OperationAction.Status":
        return self.steps[-1][0]


class Exhibit(LabelledPart, KeptFile):
    """A piece of evidence: the file itself, or, of what no portal should hold (a sample of malware, a disk), its
    SHA-256 and who holds it. Never changed; its custody is a log of its own."""

    MOST: ClassVar[int] = 500  # of one operation

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="exhibits")
    title = models.CharField(_("what it is"), max_length=200)
    about = models.TextField(_("where it comes from"), max_length=2000, blank=True)
    taken_on = models.DateField(_("secured on"))

    objects = LabelledPartQuerySet["Exhibit"].as_manager()

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("pieces of evidence")
        ordering = ("operation_id", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(name="exhibit_has_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.UniqueConstraint(name="exhibit_once", fields=("operation", "by", "key")),
            part_wall("exhibit_wall"),
            Locked(name="exhibit_locked"),
            Audited(name="exhibit_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return self.title


class Custody(models.Model):
    """Who had a piece of evidence from whom, when and what for. Written once."""

    MOST: ClassVar[int] = 300  # of one piece

    exhibit = models.ForeignKey(Exhibit, on_delete=models.CASCADE, related_name="custody")
    from_whom = models.CharField(_("from"), max_length=200, blank=True)
    to_whom = models.CharField(_("to"), max_length=200)
    handed_at = models.DateTimeField(_("when it changed hands"))
    why = models.CharField(_("what for"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("written at"), auto_now_add=True)
    key = models.UUIDField(null=True, editable=False)  # the same form sent twice is one entry

    objects = CustodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a custody log")
        verbose_name_plural = _("entries of custody logs")
        ordering = ("exhibit_id", "handed_at", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="custody_once", fields=("exhibit", "by", "key")),
            RowWall(
                name="custody_wall",
                read=OF_EXHIBIT,
                write=NOBODY,
                becomes=f"{WRITES_EXHIBIT} AND {BY_ME}",
                staff_read=OF_EXHIBIT,
                staff_write=NOBODY,
                staff_becomes=f"{OF_EXHIBIT} AND {BY_ME}",
            ),
            Locked(name="custody_locked"),
            Audited(name="custody_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.from_whom} → {self.to_whom}"


class OperationFigure(models.Model):
    """What came of it, counted, and who says so."""

    class Kind(models.TextChoices):
        SINKHOLED = "sinkholed", _("Addresses sinkholed")
        DOMAINS = "domains", _("Domains taken over")
        SERVERS = "servers", _("Servers seized")
        NOTIFIED = "notified", _("Victims notified")
        ARRESTS = "arrests", pgettext_lazy("figure", "Arrests")
        SAMPLES = "samples", _("Samples analysed")

    class Exactness(models.TextChoices):
        EXACT = "exact", _("Exactly")
        AT_LEAST = "at least", _("At least")
        ABOUT = "about", pgettext_lazy("amount", "About")

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(_("what is counted"), max_length=10, choices=Kind.choices)
    exactness = models.CharField(_("how exact"), max_length=8, choices=Exactness.choices, default=Exactness.EXACT)
    number = models.PositiveBigIntegerField(_("number"))
    counted_on = models.DateField(_("as of"))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    said_by = models.CharField(_("who says so"), max_length=300)

    objects = OfOperationQuerySet["OperationFigure"].as_manager()

    class Meta:
        verbose_name = _("figure of a joint operation")
        verbose_name_plural = _("figures of joint operations")
        ordering = ("operation_id", "kind", "pk")
        constraints: ClassVar = (
            RowWall(name="operation_figure_wall", read=SEES, write=NOBODY, staff_read=SEES, staff_write=SEES),
            Audited(name="operation_figure_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.number}"


class OperationAlert(models.Model):
    """An alert of the network that belongs to it. The alert stays the network's, with its indicators and its label:
    whoever may not read it does not learn that it is linked."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="alerts")
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="+", verbose_name=_("alert"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = LinkedAlertQuerySet["OperationAlert"].as_manager()

    class Meta:
        verbose_name = _("alert of a joint operation")
        verbose_name_plural = _("alerts of joint operations")
        ordering = ("operation_id", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="operation_alert_once", fields=("operation", "alert")),
            RowWall(
                name="operation_alert_wall",
                read=f"{INSIDE} AND {SEES_ALERT}",
                write=NOBODY,
                becomes=f"{INSIDE} AND {SEES_ALERT} AND {WRITES} AND {BY_ME}",
                staff_read=f"{SEES} AND {SEES_ALERT}",
                staff_write=f"{SEES} AND {SEES_ALERT}",
                staff_becomes=f"{SEES} AND {SEES_ALERT} AND {BY_ME}",
            ),
            Audited(name="operation_alert_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.operation_id}: {self.alert_id}"
