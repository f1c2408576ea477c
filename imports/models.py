"""A table that staff brought: the file as it came, what a dry run found in it, and who imported it when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from common.walls import NOBODY, Audited, RowWall
from imports.querysets import TableImportQuerySet, TableRunQuerySet
from notices.models import Job


class TableImport(models.Model):
    """`rows`, in the order of the file: {"line", "id", "what", "result", "cells": [[column, before, after], …],
    "errors": [[column, sentence], …]}; a column without a name means the whole row. Sentences are in `language`.

    `of` is the id of what the rows belong to, such as a course. `made` is [line, address] of what was added.
    Until a worker has looked at it there are no rows and no fingerprint.
    """

    class Kind(models.TextChoices):
        PARTNERS = "partners", _("Partners")
        ACTIVITIES = "activities", _("Activities")
        FIGURES = "figures", _("Participants of activities, in numbers")
        PARTICIPANTS = "participants", _("Participants of a course")
        TEAMS = "teams", _("Teams of the directory")
        FOCAL = "focal-points", _("Focal points of states")
        CONTACTS = "contact-points", _("Points of contact of states")

    class Result(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("Unchanged")
        REFUSED = "refused", _("Refused")

    MOST_BYTES: ClassVar[int] = 5_000_000
    MOST_ROWS: ClassVar[int] = 5000
    AT_ONCE: ClassVar[int] = 300  # rows while one waits; a worker takes what has more

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    of = models.CharField(_("belongs to"), max_length=80, blank=True)
    names_people = models.BooleanField(_("people are named in it"), default=False)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("looked at"), default=timezone.now)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(default=b"", editable=False)
    rows = models.JSONField(default=list, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    imported_at = models.DateTimeField(_("imported at"), null=True, editable=False)
    made = models.JSONField(default=list, editable=False)

    objects = TableImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a table")
        verbose_name_plural = _("imports of tables")
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = (
            RowWall(name="table_import_wall", read=NOBODY, write=NOBODY),
            Audited(name="table_import_audited", state="", without="content,rows,made"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("sheet-detail", args=[self.pk])

    def count(self, result: str) -> int:
        return sum(row["result"] == result for row in self.rows)

    @property
    def is_large(self) -> bool:
        return len(self.rows) > self.AT_ONCE


class TableRun(Job):
    """A large table in the hands of a worker: looked at, or imported as it was shown under `fingerprint`; once each."""

    sheet = models.ForeignKey(TableImport, on_delete=models.PROTECT, related_name="runs", verbose_name=_("table"))
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    objects = TableRunQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("run of a table")
        verbose_name_plural = _("runs of tables")
        ordering = ("-queued_at", "-pk")
        constraints: ClassVar = (
            models.UniqueConstraint(name="table_run_once", fields=("sheet", "fingerprint")),
            RowWall(name="table_run_wall", read=NOBODY, write=NOBODY),
            Audited(name="table_run_audited", state=""),
        )

    def __str__(self) -> str:
        return str(self.sheet_id)

    def get_absolute_url(self) -> str:
        return self.sheet.get_absolute_url()

    @property
    def is_dry(self) -> bool:
        return not self.fingerprint

    @property
    def is_unfinished(self) -> bool:
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)

    def perform(self) -> None:
        import_string("imports.by_worker.perform")(self)

    def has_failed(self) -> None:
        import_string("imports.by_worker.tell_of_failure")(self)
