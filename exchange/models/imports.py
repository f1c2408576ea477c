"""A file of a team with many objects: what a dry run found in it, and what became of each row once it was imported."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from common.tlp import Tlp
from common.walls import Audited, Locked
from csirt_network.models import Team
from csirt_network.models.subscriptions import work_wall
from csirt_network.models.teams import OWN_TEAM
from exchange.models.collections import Collection
from exchange.querysets.imports import ImportQuerySet, ImportRunQuerySet
from notices.models import Job

OF_IMPORT = "importing_id IN (SELECT i.id FROM exchange_import i)"


class Import(models.Model):
    """A dry run: nothing of it is anywhere else before its run. `content` is the file exactly as it came,
    until it was imported or thirty days have gone by.

    `rows`: in the order of the file {"number", "what", "id", "result", "why", "held"}; `held`: without a label it would
    wait in the own team's collection. `label` is for what has none. `fingerprint` is of all that was shown.
    """

    class Format(models.TextChoices):
        CSV = "csv", _("Table (CSV)")
        STIX = "stix", "STIX 2.1"
        MISP = "misp", "MISP"

    class Result(models.TextChoices):
        NEW = "new", _("Would be added")
        ADDED = "added", _("Added")
        THERE = "there", _("There already")
        LEFT = "left", _("Left out")
        REFUSED = "refused", _("Refused")

    MOST_BYTES: ClassVar[int] = 5_000_000
    MOST_ROWS: ClassVar[int] = 5000
    AT_ONCE: ClassVar[int] = 200  # rows that are imported while one waits

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team"))
    collection = models.ForeignKey(
        Collection, on_delete=models.PROTECT, related_name="+", verbose_name=_("into the collection")
    )
    label = models.CharField(_("label of what has none"), max_length=12, choices=Tlp.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    name = models.CharField(_("file name"), max_length=200)
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(editable=False)
    rows = models.JSONField(default=list, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of objects")
        verbose_name_plural = _("imports of objects")
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = (
            work_wall("import_wall", OWN_TEAM),
            Locked(name="import_locked", but=("content",)),
            Audited(name="import_audited", state="", private=True, without="content,rows"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("import-detail", args=[self.pk])


class ImportRun(Job):
    """That an import was confirmed: once each. Small ones are done at once; a worker carries out large ones.

    `results`: of each row of the import, in their order, [result, why].
    """

    importing = models.OneToOneField(Import, on_delete=models.PROTECT, related_name="run", verbose_name=_("import"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    results = models.JSONField(default=list, editable=False)

    objects = ImportRunQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("run of an import")
        verbose_name_plural = _("runs of imports")
        ordering = ("-queued_at", "-pk")
        constraints: ClassVar = (
            work_wall("import_run_wall", OF_IMPORT),
            Audited(name="import_run_audited", state="", private=True, without="results"),
        )

    def __str__(self) -> str:
        return str(self.importing_id)

    @property
    def is_unfinished(self) -> bool:
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)

    def perform(self) -> None:
        import_string("exchange.actions.importing.perform")(self)
