"""Objects of STIX 2.1 as they were given, and what they point at."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.tlp import Tlp
from common.walls import Audited, RowWall
from csirt_network import indicators
from csirt_network.models import Alert, Team
from csirt_network.models.subscriptions import PORTAL_ITSELF
from exchange.models.collections import Collection
from exchange.querysets.objects import OfObjectQuerySet, StixObjectQuerySet

# The inner SELECTs are under the walls of their own tables.
IN_COLLECTION = "collection_id IN (SELECT c.id FROM exchange_collection c)"
FOR_READER = "(readers IS NULL OR readers && {teams})"
OF_READABLE_ALERT = "(alert_id IS NULL OR EXISTS (SELECT 1 FROM csirt_network_alert a WHERE a.id = alert_id))"
ABOUT_READABLE_ALERT = (
    "(about_alert_id IS NULL OR EXISTS (SELECT 1 FROM csirt_network_alert a WHERE a.id = about_alert_id))"
)
READ = f"{IN_COLLECTION} AND {FOR_READER} AND {OF_READABLE_ALERT} AND {ABOUT_READABLE_ALERT}"
PUSHED = "from_team_id = ANY ({teams}) AND alert_id IS NULL"
OF_OBJECT = "EXISTS (SELECT 1 FROM exchange_stixobject o WHERE o.id = object_id{})"
LIKE_OBJECT = {
    "read": OF_OBJECT.format(""),
    "write": OF_OBJECT.format(" AND o.alert_id IS NULL AND o.from_team_id = ANY ({teams})"),
    "staff_read": f"{OF_OBJECT.format('')} OR {PORTAL_ITSELF}",
    "staff_write": PORTAL_ITSELF,
}


class StixObject(models.Model):
    """One version of an object in one collection. `body` is the JSON text that is sent, exactly as it came.

    `date_added` rises strictly within a collection, so that paging by it loses nothing and doubles nothing. `tlp` is
    the label under which it is held: that of the object, or the collection's where that is stricter. `alert` is what
    the portal made it from, `about_alert` what a team says something of: who may not read it does not read this;
    `readers` are the teams of a sharing group on the day it came. `gone_at`: deleted; the row stays behind as a
    tombstone without its text. `line` tells apart what several teams brought under one id without knowing of each
    other: each has versions of its own.
    """

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="objects_held")
    date_added = models.DateTimeField(_("added at"))
    stix_id = models.CharField(_("STIX id"), max_length=150)
    version = models.DateTimeField(_("version"))  # modified, or created, or when it was added
    type = models.CharField(_("type"), max_length=100)
    spec_version = models.CharField(max_length=5, default="2.1")
    is_first = models.BooleanField(default=True)
    is_last = models.BooleanField(default=True)
    body = models.TextField(_("object"))
    sought = models.CharField(max_length=100, db_collation="C", blank=True, editable=False)  # how its name begins
    tlp = models.CharField("TLP", max_length=12, choices=Tlp.choices)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("alert"))
    about_alert = models.ForeignKey(
        Alert, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("about the alert"), editable=False
    )
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("from"))
    readers = ArrayField(models.BigIntegerField(), null=True, editable=False)
    gone_at = models.DateTimeField(_("deleted at"), null=True, editable=False)
    line = models.UUIDField(null=True, editable=False)

    objects = StixObjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("STIX object")
        verbose_name_plural = _("STIX objects")
        ordering = ("collection", "date_added")
        indexes: ClassVar = (
            models.Index(
                name="stix_page", fields=("collection", "date_added"), condition=models.Q(is_last=True, gone_at=None)
            ),
            models.Index(
                name="stix_page_of_type",
                fields=("collection", "type", "date_added"),
                condition=models.Q(is_last=True, gone_at=None),
            ),
            models.Index(name="stix_by_id", fields=("stix_id", "collection")),
            models.Index(
                name="stix_newest", fields=("date_added", "id"), condition=models.Q(is_last=True, gone_at=None)
            ),
            models.Index(name="stix_by_name", fields=("sought",), condition=models.Q(is_last=True, gone_at=None)),
            models.Index(name="stix_of_alert", fields=("alert",), condition=models.Q(alert__isnull=False)),
        )
        constraints: ClassVar = (
            models.UniqueConstraint(name="stix_added_once_at_a_time", fields=("collection", "date_added")),
            models.UniqueConstraint(
                name="stix_version_once",
                fields=("collection", "stix_id", "version", "line"),
                condition=models.Q(gone_at=None),
                nulls_distinct=False,
            ),
            RowWall(
                name="stix_object_wall",
                read=READ,
                write=PUSHED,
                becomes=f"{PUSHED} AND {IN_COLLECTION}",
                staff_read=f"({READ}) OR {PORTAL_ITSELF}",
                staff_write=PORTAL_ITSELF,
            ),
            Audited(name="stix_object_audited", state="", private=True, without="body,sought"),
        )

    def __str__(self) -> str:
        return self.stix_id

    def get_absolute_url(self) -> str:
        return reverse("object-detail", args=[self.pk])


class Observable(models.Model):
    """A value that an object points at (an address, a name, a hash), in the one form of `csirt_network.indicators`."""

    object = models.ForeignKey(StixObject, on_delete=models.CASCADE, related_name="observables")
    kind = models.CharField(_("kind"), max_length=16, choices=indicators.Kind.choices)
    value = models.TextField(_("value"))

    objects = OfObjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("observable")
        verbose_name_plural = _("observables")
        ordering = ("pk",)
        indexes: ClassVar = (models.Index(name="observable_by_value", fields=("value", "kind")),)
        constraints: ClassVar = (
            models.UniqueConstraint(name="observable_once", fields=("object", "kind", "value")),
            RowWall(name="observable_wall", **LIKE_OBJECT),
            Audited(name="observable_audited", state="", private=True, without="value"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"

    @property
    def harmless(self) -> str:
        return indicators.defang(self.value, self.kind)


class Reference(models.Model):
    """That an object is about another one, which may be there or come later: by its id, which an index finds here."""

    object = models.ForeignKey(StixObject, on_delete=models.CASCADE, related_name="references")
    stix_id = models.CharField(_("STIX id"), max_length=150)

    objects = OfObjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.UniqueConstraint(name="reference_once", fields=("stix_id", "object")),
            RowWall(name="reference_wall", **LIKE_OBJECT),
            Audited(name="reference_audited", state="", private=True, without="stix_id"),
        )

    def __str__(self) -> str:
        return self.stix_id
