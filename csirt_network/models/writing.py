"""What belongs to an alert and who answers for it: indicators, files, quotes, versions, and second pairs of eyes."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.partial_dates import in_words
from common.tlp import Tlp
from common.walls import EVERYBODY, NOBODY, Audited, Locked, RowWall
from csirt_network import indicators
from csirt_network.models.alerts import Alert
from csirt_network.models.audiences import OWN_AUDIENCE, Audience
from csirt_network.models.labelled import IS_MINE, LABEL_LETS_READ, STAFF_WRITE, WRITE
from csirt_network.querysets.writing import (
    AlertFileQuerySet,
    AlertVersionQuerySet,
    IndicatorQuerySet,
    OfMakersQuerySet,
    QuoteQuerySet,
    SerialQuerySet,
)
from documents.models import storage_name

# The inner SELECT is itself under the wall of alerts: a row is seen exactly when its alert is.
OF_ALERT = "alert_id IN (SELECT a.id FROM csirt_network_alert a)"
ALERT_WHERE = "alert_id IN (SELECT a.id FROM csirt_network_alert a WHERE {})"
OF_OWN_ALERT, OF_STAFFS_ALERT = ALERT_WHERE.format(WRITE), ALERT_WHERE.format(STAFF_WRITE)
GIVEN = "with_programme AND (tlp <> 'RED' OR author_id = {person})"
FROM_PROGRAMME = "audience_id IN (SELECT o.id FROM csirt_network_audience o WHERE o.origin_id IS NULL)"
OF_MAKERS = ALERT_WHERE.format(IS_MINE)
OF_MAKERS_OR_GIVEN = ALERT_WHERE.format(f"({IS_MINE}) OR ({GIVEN})")
SEEN_BOTH = f"{OF_ALERT} AND {OF_ALERT.replace('alert_id', 'quoted_id')}"


class Indicator(models.Model):
    """What to look for, in its one form (csirt_network/indicators). A later version may leave it out: `gone_in`."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="indicators")
    kind = models.CharField(_("kind"), max_length=16, choices=indicators.Kind.choices)
    value = models.TextField(_("value"), max_length=2048)
    first_seen = models.CharField(_("first seen"), max_length=10, blank=True)  # as known: year, month or day
    note = models.CharField(_("note"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)
    gone_in = models.PositiveIntegerField(_("left out from version"), null=True, editable=False)
    returned = models.PositiveSmallIntegerField(default=0, editable=False)  # how often it came back

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("position", "pk")
        indexes: ClassVar = (models.Index(name="network_indicator_by_value", fields=("value", "kind")),)
        constraints: ClassVar = (
            models.UniqueConstraint(name="network_indicator_once", fields=("alert", "kind", "value")),
            RowWall(
                name="network_indicator_wall",
                read=OF_ALERT,
                write=OF_OWN_ALERT,
                staff_read=OF_ALERT,
                staff_write=OF_STAFFS_ALERT,
            ),
            Audited(name="network_indicator_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return self.value

    @property
    def defanged(self) -> str:
        return indicators.defang(self.value, self.kind)

    @property
    def first_seen_in_words(self) -> str:
        return in_words(self.first_seen) if self.first_seen else ""


class AlertFile(models.Model):
    """A checked upload that goes with an alert. `tlp` is the label it bears itself; empty: that of the alert.

    Not a `documents.File`: those belong to a state and, once sent, to the programme's staff as well.
    """

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="files")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=storage_name, max_length=100)
    tlp = models.CharField("TLP", max_length=12, choices=Tlp.choices, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    gone_in = models.PositiveIntegerField(_("left out from version"), null=True, editable=False)

    objects = AlertFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an alert")
        verbose_name_plural = _("files of alerts")
        ordering = ("pk",)
        constraints: ClassVar = (
            RowWall(
                name="alert_file_wall",
                read=OF_ALERT,
                write=OF_OWN_ALERT,
                staff_read=OF_ALERT,
                staff_write=OF_STAFFS_ALERT,
            ),
            Audited(name="alert_file_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return self.name


class Quote(models.Model):
    """That one alert quotes another: its label may not be lower than the quoted one's. Seen by who may read both."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="+")
    quoted = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="+", verbose_name=_("quoted alert"))

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("quoted alert")
        verbose_name_plural = _("quoted alerts")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.UniqueConstraint(name="quote_once", fields=("alert", "quoted")),
            models.CheckConstraint(name="quote_another", condition=~models.Q(alert=models.F("quoted"))),
            RowWall(
                name="quote_wall",
                read=SEEN_BOTH,
                write=OF_OWN_ALERT,
                staff_read=SEEN_BOTH,
                staff_write=OF_STAFFS_ALERT,
            ),
            Audited(name="quote_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.alert_id} → {self.quoted_id}"


class AlertVersion(models.Model):
    """An alert as it went out. Read by who may read the alert now, and could read this version then."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    tlp = models.CharField("TLP", max_length=12, choices=Tlp.choices)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)
    what_changed = models.TextField(_("what has changed"), max_length=1000, blank=True)
    by = models.ForeignKey(  # nobody is named where the source is hidden
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    objects = AlertVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an alert")
        verbose_name_plural = _("versions of alerts")
        ordering = ("alert", "-number")
        constraints: ClassVar = (
            models.UniqueConstraint(name="alert_version_once", fields=("alert", "number")),
            RowWall(
                name="alert_version_wall",
                read=f"{OF_ALERT} AND ({LABEL_LETS_READ} OR ({OWN_AUDIENCE} AND tlp <> 'RED'))",
                write=OF_OWN_ALERT,
                staff_read=f"""{OF_ALERT} AND ({LABEL_LETS_READ} OR ({OWN_AUDIENCE} AND tlp <> 'RED')
                    OR tlp = 'GREEN' OR (tlp <> 'RED' AND {ALERT_WHERE.format("with_programme")}))""",
                staff_write=OF_STAFFS_ALERT,
            ),
            Locked(name="alert_version_locked"),
            Audited(name="alert_version_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.alert_id} v{self.number}"


class Lowering(models.Model):
    """That the originator lowers the label of what is out, and why: the `change`-th change of its label.

    Down to GREEN or CLEAR it holds only once a second person has countersigned. Known to the origin and, where the
    alert was given to it, to the programme.
    """

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="lowerings")
    change = models.PositiveIntegerField()
    before = models.CharField(_("label before"), max_length=12, choices=Tlp.choices)
    after = models.CharField(_("label after"), max_length=12, choices=Tlp.choices)
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = OfMakersQuerySet["Lowering"].as_manager()

    class Meta:
        verbose_name = _("lowering of a label")
        verbose_name_plural = _("lowerings of labels")
        ordering = ("-at",)
        constraints: ClassVar = (
            models.UniqueConstraint(name="lowering_once", fields=("alert", "change", "after")),
            models.CheckConstraint(name="lowering_has_reason", condition=~models.Q(reason="")),
            RowWall(
                name="lowering_wall",
                read=OF_MAKERS,
                write=NOBODY,
                becomes=f"by_id = {{person}} AND {OF_MAKERS}",
                staff_read=OF_MAKERS_OR_GIVEN,
                staff_write=NOBODY,
                staff_becomes="by_id = {person} AND "
                + ALERT_WHERE.format(f"({IS_MINE}) OR ({GIVEN} AND {FROM_PROGRAMME})"),
            ),
            Locked(name="lowering_locked"),
            Audited(name="lowering_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Countersign(models.Model):
    """A second pair of eyes, never the author's: that this text may go to this many, or that a label may fall.

    It holds for the alert as it was then: `edited` is the state of the text it was given for.
    """

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="countersigns")
    edited = models.PositiveIntegerField()
    lowering = models.ForeignKey(
        Lowering, on_delete=models.PROTECT, null=True, related_name="countersigns", verbose_name=_("lowering")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = OfMakersQuerySet["Countersign"].as_manager()

    class Meta:
        verbose_name = _("countersignature")
        verbose_name_plural = _("countersignatures")
        ordering = ("-at",)
        constraints: ClassVar = (
            models.UniqueConstraint(
                name="countersign_once", fields=("alert", "edited", "lowering", "by"), nulls_distinct=False
            ),
            RowWall(
                name="countersign_wall",
                read=OF_MAKERS,
                write=NOBODY,
                becomes="by_id = {person} AND " + ALERT_WHERE.format(f"({IS_MINE}) AND author_id <> {{person}}"),
                staff_read=OF_MAKERS_OR_GIVEN,
                staff_write=NOBODY,
                staff_becomes="by_id = {person} AND "
                + ALERT_WHERE.format(f"(({IS_MINE}) OR ({GIVEN})) AND author_id <> {{person}}"),
            ),
            Locked(name="countersign_locked"),
            Audited(name="countersign_audited", state="", private=True),
        )

    def __str__(self) -> str:
        return f"{self.alert_id}, {self.by}"


class Serial(models.Model):
    """The last number given in a year. Locked while one is given, so that none is missing and none is given twice."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    objects = SerialQuerySet.as_manager()

    class Meta:
        verbose_name = _("last number of a year")
        verbose_name_plural = _("last numbers of years")
        ordering = ("-year",)
        constraints: ClassVar = (
            RowWall(name="serial_wall", read=EVERYBODY, write="{community}"),
            Audited(name="serial_audited", state=""),
        )

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
